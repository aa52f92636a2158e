"""Infrastructure as code for live video on Dyte (Cloudflare RealtimeKit)."""
