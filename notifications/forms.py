"""The preferences' grid: one line per topic."""

from django import forms

from .domain.preferring import wishes_of
from .states import DETAILS, Rhythm, Topic, topics_for


class PreferencesForm(forms.Form):
    """`<topic>-inbox` is a box, `<topic>-mail` a rhythm. A line that is not sent is left as it is."""

    def __init__(self, data=None, *, member):
        super().__init__(data)
        self.topics = topics_for(member)
        wishes = wishes_of(member)
        for topic in self.topics:
            self.fields[f"{topic}-inbox"] = forms.BooleanField(required=False, initial=wishes[topic].inbox)
            self.fields[f"{topic}-mail"] = forms.ChoiceField(choices=Rhythm.choices, initial=wishes[topic].mail)

    def lines(self):
        """What the template draws: topic, its words, the box, the radios."""
        for topic in self.topics:
            mail = self[f"{topic}-mail"].value()
            yield {
                "topic": topic.value,
                "label": Topic(topic).label,
                "detail": DETAILS.get(topic, ""),
                "inbox": bool(self[f"{topic}-inbox"].value()),
                "rhythms": [(value, label, value == mail) for value, label in Rhythm.choices],
            }

    def wishes(self):
        """Per topic: (inbox, mail)."""
        for topic in self.topics:
            yield topic, self.cleaned_data[f"{topic}-inbox"], self.cleaned_data[f"{topic}-mail"]
