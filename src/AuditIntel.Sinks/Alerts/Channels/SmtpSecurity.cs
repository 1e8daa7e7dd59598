namespace AuditIntel.Sinks.Alerts.Channels;

/// <summary>When a connection to a mail server is encrypted.</summary>
internal enum SmtpSecurity
{
    /// <summary>By STARTTLS (RFC 3207), before anything else; a server that has it not is not used.</summary>
    StartTls,

    /// <summary>From the first byte (RFC 8314).</summary>
    Implicit,

    /// <summary>Never.</summary>
    None,
}
