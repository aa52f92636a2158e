import * as pulumi from "@pulumi/pulumi";
import * as dyte from "pulumi-dyte";

const config = new pulumi.Config();

// Two orgs, each with its own credentials; the environment wins only for the org it belongs to.
const school = new dyte.Provider("school", {
    orgId: config.require("schoolOrg"),
    apiKey: config.requireSecret("schoolKey"),
});
const guests = new dyte.Provider("guests", {
    orgId: config.require("guestsOrg"),
    apiKey: config.requireSecret("guestsKey"),
});

const teacher = new dyte.Preset("teacher", {
    permissions: { canRecord: true, kickParticipant: true },
    ui: { designTokens: { colors: { brand: { "500": "#2160FD" } } } },
}, { provider: school });

const events = new dyte.Webhook("events", {
    url: pulumi.interpolate`https://hooks.example.com/dyte?token=${config.requireSecret("hookToken")}`,
    events: ["meeting.started", "meeting.ended"],
}, { provider: school });

const physics = new dyte.Meeting("physics", {
    title: "Physics, year 9",
    recordingConfig: {
        maxSeconds: 3600,
        liveStreamingConfig: { rtmpUrl: config.requireSecret("streamUrl") },
    },
}, { provider: school });

const ana = new dyte.Participant("ana", {
    meetingId: physics.id,
    customParticipantId: "ana",
    name: "Ana Alves",
    presetName: teacher.name,
}, { provider: school });

// A preset that every new org has; nobody manages it here.
const portal = dyte.getPresetOutput({ name: "group_call_host" }, { provider: guests });

const guestTeacher = new dyte.Preset("guest-teacher", {
    name: "teacher",
    permissions: { canRecord: false, kickParticipant: portal.apply(preset => preset.permissions?.kickParticipant ?? false) },
}, { provider: guests });

export const meeting = physics.id;
export const anaToken = ana.token;
export const hook = events.id;
export const guestPreset = guestTeacher.id;
