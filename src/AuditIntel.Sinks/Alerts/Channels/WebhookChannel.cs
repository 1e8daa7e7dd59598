using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Alerts.Channels;

/// <summary>
/// Any HTTP receiver. Signed when there is a secret: <c>X-AuditIntel-Signature: v1=</c> and the hex digits of HMAC-SHA256 over
/// <c>timestamp.body</c>, with <c>X-AuditIntel-Timestamp</c> in seconds since 1970, so that a receiver can refuse what is forged or old.
/// </summary>
internal sealed class WebhookChannel(ChannelAddress address, ChannelSecret? secret, TimeProvider clock) : IAlertChannel
{
    private readonly HttpSender _sender = new(address.Url, address.Secrets(secret), clock);

    public Task SendAsync(Alert alert, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> body = AlertJson.Of(json => AlertJson.Write(json, alert));
        var headers = new List<(string, string)> { ("Idempotency-Key", AlertFacts.IdempotencyKey(alert)) };
        if (secret is not null)
        {
            string timestamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            headers.Add(("X-AuditIntel-Timestamp", timestamp));
            headers.Add(("X-AuditIntel-Signature", "v1=" + Sign(secret, timestamp, body.Span)));
        }

        return _sender.PostAsync(body, headers, cancellationToken);
    }

    public void Dispose() => _sender.Dispose();

    private static string Sign(ChannelSecret secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret.Reveal()));
        hash.AppendData(Encoding.ASCII.GetBytes(timestamp + "."));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
