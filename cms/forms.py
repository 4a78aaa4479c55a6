"""Forms of the desk's images and documents."""

from django import forms
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from .shielding import faults_of


class _ShieldedFile(forms.ModelForm):
    """The title, which is the file's name until someone changes it, and the file's name."""

    def clean(self):
        super().clean()
        for name, value in list(self.cleaned_data.items()):
            text = value if isinstance(value, str) else getattr(value, "name", "")
            for field, fault in faults_of(name, text if isinstance(text, str) else "").items():
                self.add_error(field, fault)
        return self.cleaned_data


class ImageForm(_ShieldedFile, BaseImageForm):
    pass


class DocumentForm(_ShieldedFile, BaseDocumentForm):
    pass
