"""How much room a fresh environment takes without tools for development: a checkout and what it asks for."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def megabytes(folder: Path) -> float:
    """Return the sizes of all files below `folder`."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def packages(environment: Path) -> Path:
    """Return where an environment keeps its packages."""
    (folder,) = environment.glob("lib/python*/site-packages")
    return folder


def install(checkout: Path, environment: Path) -> None:
    """Make an environment with pip alone, and install a checkout into it in the versions of its constraints."""
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    pip = [environment / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    lines = (checkout / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [re.sub(r"\[[^]]*\]|\s*\\$", "", line) for line in lines if re.match(r"[\w.-]+(\[[^]]*\])?==", line)]
    limits = environment / "limits.txt"
    limits.write_text("\n".join(pins) + "\n", encoding="utf-8")
    subprocess.run([*pip, "--constraint", limits, checkout], check=True)


def main() -> None:
    """Print the size of the environment of each checkout, and of its largest packages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkouts", nargs="*", type=Path, default=[ROOT])
    for checkout in parser.parse_args().checkouts:
        with tempfile.TemporaryDirectory() as scratch:
            environment = Path(scratch) / "env"
            install(checkout, environment)
            parts = {folder.name: megabytes(folder) for folder in packages(environment).iterdir() if folder.is_dir()}
            print(f"{checkout}: {megabytes(environment):,.1f} MB")
            for name, size in sorted(parts.items(), key=lambda part: -part[1])[:12]:
                print(f"  {name:30} {size:6.1f} MB")


if __name__ == "__main__":
    main()
