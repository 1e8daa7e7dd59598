using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AuditIntel.DevStack.Security;

/// <summary>SASL SCRAM (RFC 5802, RFC 7677) without channel binding, with SHA-256 or SHA-512. Names in comments are the RFC's.</summary>
internal sealed class ScramConversation(SaslUsers users, HashAlgorithmName hash) : SaslConversation
{
    private const int Iterations = 4096;

    private string? _clientFirstBare;
    private string _serverFirst = "";
    private string _serverNonce = "";
    private byte[] _saltedPassword = [];
    private bool _isKnown;

    public override byte[] Answer(ReadOnlySpan<byte> message)
    {
        var text = Encoding.UTF8.GetString(message);
        return Encoding.UTF8.GetBytes(_clientFirstBare is null ? First(text) : Final(text));
    }

    private static string Attribute(string message, char name)
    {
        foreach (var part in message.Split(','))
        {
            if (part.StartsWith(name + "=", StringComparison.Ordinal))
            {
                return part[2..];
            }
        }

        throw new SaslException($"The SCRAM message has no attribute '{name}'.");
    }

    private string First(string message)
    {
        var headerEnd = message.StartsWith("n,", StringComparison.Ordinal) ? message.IndexOf(',', 2) : -1;
        if (headerEnd < 0)
        {
            throw new SaslException("The SCRAM message asks for channel binding, or is malformed.");
        }

        _clientFirstBare = message[(headerEnd + 1)..];
        var user = Attribute(_clientFirstBare, 'n').Replace("=2C", ",", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
        var password = users.Password(user);
        _isKnown = password is not null;

        // A stranger gets a salt too, and learns only at the end that he is one.
        var salt = RandomNumberGenerator.GetBytes(16);
        _saltedPassword = Rfc2898DeriveBytes.Pbkdf2(password ?? "", salt, Iterations, hash, hash == HashAlgorithmName.SHA256 ? 32 : 64);
        _serverNonce = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        var nonce = Attribute(_clientFirstBare, 'r') + _serverNonce;
        _serverFirst = string.Create(CultureInfo.InvariantCulture, $"r={nonce},s={Convert.ToBase64String(salt)},i={Iterations}");
        return _serverFirst;
    }

    private string Final(string message)
    {
        var proofAt = message.LastIndexOf(",p=", StringComparison.Ordinal);

        // Only the end is compared, as Apache Kafka does: librdkafka 2.0.2 sends its own part of the
        // nonce twice. The whole message is under the proof all the same.
        if (proofAt < 0 || !Attribute(message, 'r').EndsWith(_serverNonce, StringComparison.Ordinal))
        {
            throw new SaslException("The final SCRAM message is malformed.");
        }

        var authMessage = Encoding.UTF8.GetBytes($"{_clientFirstBare},{_serverFirst},{message[..proofAt]}");
        var clientKey = CryptographicOperations.HmacData(hash, _saltedPassword, "Client Key"u8.ToArray());
        var storedKey = CryptographicOperations.HashData(hash, clientKey);
        var signature = CryptographicOperations.HmacData(hash, storedKey, authMessage);
        var proof = new byte[clientKey.Length];
        for (var i = 0; i < proof.Length; i++)
        {
            proof[i] = (byte)(clientKey[i] ^ signature[i]);
        }

        var sent = new byte[proof.Length];
        var isBase64 = Convert.TryFromBase64String(message[(proofAt + 3)..], sent, out var length) && length == proof.Length;
        if (!isBase64 || !CryptographicOperations.FixedTimeEquals(proof, sent) || !_isKnown)
        {
            throw new SaslException("Authentication failed: invalid user or password.");
        }

        IsDone = true;
        var serverKey = CryptographicOperations.HmacData(hash, _saltedPassword, "Server Key"u8.ToArray());
        return "v=" + Convert.ToBase64String(CryptographicOperations.HmacData(hash, serverKey, authMessage));
    }
}
