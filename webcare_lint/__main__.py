from webcare_lint.cli import main

main()
