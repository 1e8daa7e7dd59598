namespace AuditIntel.Sinks.Alerts.Channels;

/// <summary>How to reach a mail server.</summary>
/// <param name="Host">Name or address; also the name that its certificate must have.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Security">When the connection is encrypted.</param>
/// <param name="User">Null for no authentication.</param>
/// <param name="Password">Null for no authentication.</param>
/// <param name="Authorities">Certificates to trust instead of the machine's, PEM; null for the machine's.</param>
internal sealed record SmtpServer(
    string Host, int Port, SmtpSecurity Security, string? User, ChannelSecret? Password, System.Security.Cryptography.X509Certificates.X509Certificate2Collection? Authorities)
{
    public override string ToString() => FormattableString.Invariant($"{Host}:{Port}");
}
