"""Makes Dragoman's English model from public treebanks. Not installed with the package."""
