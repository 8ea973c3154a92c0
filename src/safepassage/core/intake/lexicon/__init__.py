"""The words of lists: headers and values in English, Dari, Pashto, and a few in other languages. Own collection."""
