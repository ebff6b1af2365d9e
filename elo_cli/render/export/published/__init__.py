"""All downloads of a tracker in one folder: `downloads` writes them, `dcat` describes them for data portals."""
