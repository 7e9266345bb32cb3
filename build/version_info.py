"""The version resource of the Windows executable, as the text that PyInstaller reads."""

from __future__ import annotations


def version_resource(version: str, description: str, copyright_line: str) -> str:
    """Return the resource for a version such as ``1.2.3``; raises ValueError for anything but three numbers."""
    numbers = [int(part) for part in version.split(".")]
    if len(numbers) != 3:
        raise ValueError(f"a version has three numbers: {version}")
    four = (*numbers, 0)
    strings = {
        "CompanyName": "The Wardbook developers",
        "FileDescription": description,
        "FileVersion": version,
        "InternalName": "wardbook",
        "LegalCopyright": copyright_line,
        "OriginalFilename": "wardbook.exe",
        "ProductName": "Wardbook",
        "ProductVersion": version,
    }
    lines = ",\n        ".join(f"StringStruct({name!r}, {text!r})" for name, text in strings.items())
    return f"""VSVersionInfo(
  ffi=FixedFileInfo(filevers={four}, prodvers={four}, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)),
  kids=[
    StringFileInfo([StringTable('080904B0', [
        {lines}])]),
    VarFileInfo([VarStruct('Translation', [0x0809, 1200])])
  ]
)
"""
