"""A webinar: who may do what, where its events go, and its standing room with one speaker."""

import pulumi

from pulumi_dyte.dynamic import Meeting, Participant, Preset, Webhook

config = pulumi.Config()
brand = {"ui": {"design_tokens": {"colors": {"brand": {500: "#2160FD"}}}}}

# A built-in baseline declares every field; what follows it wins, and arguments win over all.
speaker = Preset("speaker", name="webinar_speaker", extends=["webinar_presenter", brand])
viewer = Preset(
    "viewer",
    name="webinar_viewer_muted",
    extends=["webinar_viewer", brand],
    permissions={"chat": {"public": {"can_send": False}}},
)

# The token is a secret of the stack: state and every output show it encrypted.
events = Webhook(
    "events",
    url=pulumi.Output.concat("https://hooks.example.com/dyte?token=", config.require_secret("hookToken")),
    events=["meeting.started", "meeting.ended"],
)

stage = Meeting("stage", title="Monthly webinar", record_on_start=True)
ana = Participant(
    "ana",
    meeting_id=stage.id,
    custom_participant_id="ana",
    name="Ana Alves",
    preset_name=speaker.name,
)

pulumi.export("meeting", stage.id)
pulumi.export("viewer_preset", viewer.name)
pulumi.export("ana_token", ana.token)  # a secret output: `pulumi stack output ana_token --show-secrets`
