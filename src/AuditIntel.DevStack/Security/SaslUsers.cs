using System.Security.Cryptography;

namespace AuditIntel.DevStack.Security;

/// <summary>Who may connect. Without users everybody may, and no mechanism is offered.</summary>
internal sealed class SaslUsers(IReadOnlyDictionary<string, string> passwords)
{
    public static IReadOnlyList<string> Mechanisms { get; } = ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"];

    public bool AreRequired => passwords.Count > 0;

    public string? Password(string user) => passwords.TryGetValue(user, out var password) ? password : null;

    public SaslConversation? Begin(string mechanism) => mechanism switch
    {
        _ when !AreRequired => null,
        "PLAIN" => new PlainConversation(this),
        "SCRAM-SHA-256" => new ScramConversation(this, HashAlgorithmName.SHA256),
        "SCRAM-SHA-512" => new ScramConversation(this, HashAlgorithmName.SHA512),
        _ => null,
    };
}
