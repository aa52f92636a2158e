"""A large program runs: others end in RecursionError at about 960 dynamic resources."""

from __future__ import annotations

from tests.engine.project import Project

COUNT = 1500


def test_1500_resources(project: Project) -> None:
    project.program(f"""
for number in range({COUNT // 3}):
    dyte.Preset(f"preset-{{number}}", permissions={{"can_record": False}})
    dyte.Webhook(f"hook-{{number}}", url=f"https://example.com/{{number}}", events=["meeting.ended"])
    dyte.Meeting(f"meeting-{{number}}")
""")
    # Without checkpoints: a file backend writes the whole state twice per resource, which tests Pulumi and not us.
    up = project.up(PULUMI_SKIP_CHECKPOINTS="true").succeeded()
    assert up.counts() == {"create": COUNT + 1}
    assert len(project.calls()) == COUNT

    assert project.preview("--refresh").succeeded().counts() == {"unchanged": COUNT + 1}
    calls = project.calls()
    assert calls.count("GET /webhooks") == 1
    assert calls.count("GET /presets/*") == COUNT // 3
    meetings = [call for call in calls if call.startswith("GET /meetings")]
    assert len(meetings) <= 2 * (COUNT // 3 // 100) + 2
