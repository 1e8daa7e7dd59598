using System.Security.Cryptography;
using System.Text;

namespace AuditIntel.DevStack.Security;

/// <summary>SASL PLAIN (RFC 4616): authorisation id, user and password, parted by zero bytes.</summary>
internal sealed class PlainConversation(SaslUsers users) : SaslConversation
{
    public override byte[] Answer(ReadOnlySpan<byte> message)
    {
        var parts = Encoding.UTF8.GetString(message).Split('\0');
        if (parts.Length != 3)
        {
            throw new SaslException("A PLAIN message has three parts: authorisation id, user, password.");
        }

        // A stranger's password is compared too, so that the time taken does not tell whether the user exists.
        var expected = users.Password(parts[1]);
        var matches = CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(expected ?? "")), SHA256.HashData(Encoding.UTF8.GetBytes(parts[2])));
        if (expected is null || !matches || (parts[0].Length > 0 && parts[0] != parts[1]))
        {
            throw new SaslException("Authentication failed: invalid user or password.");
        }

        IsDone = true;
        return [];
    }
}
