"""``python -m exum_routing``: the same as the command ``exum-routing``."""

from exum_routing.cli import main

if __name__ == "__main__":
    main()
