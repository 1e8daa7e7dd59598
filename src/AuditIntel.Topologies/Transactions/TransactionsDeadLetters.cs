using AuditIntel.Contracts;
using AuditIntel.Streaming;
using AuditIntel.Topologies.DeadLetters;

namespace AuditIntel.Topologies.Transactions;

/// <summary>
/// The error handler of the transactions topology: a transaction that fails is set aside with its reason and its bytes. A model or a label list that cannot be
/// read is passed over with a warning, and what was there before goes on to serve.
/// </summary>
public sealed class TransactionsDeadLetters(TransactionsSerdes serdes, Action<string>? onWarning = null)
{
    private readonly DeadLetterResponses _responses = new(serdes.DeadLetter, Topics.ChainDeadLetters.Name);

    /// <summary>For <see cref="StreamsOptions.OnError"/>.</summary>
    public ErrorResponse Handle(ErrorContext error)
    {
        if (DeadLetterResponses.ConcernsAll(error.Exception))
        {
            return ErrorResponse.Fail;
        }

        if (error.Topic == Topics.Models.Name || error.Topic == Topics.AddressLabels.Name)
        {
            onWarning?.Invoke($"{error.Topic}, partition {error.Partition}, offset {error.Offset} is passed over: {error.Exception.Message}");
            return ErrorResponse.Continue;
        }

        (string errorClass, string reason) = error.Exception switch
        {
            InvalidTransactionException invalid => ("invalid-" + Kebab(invalid.Field), invalid.Message),
            { } other => DeadLetterResponses.Describe(other),
        };
        string stage = error.Stage == ErrorStage.Deserialize ? "deserialize" : error.Exception is InvalidTransactionException ? "validate" : "process";
        return _responses.Answer(new RefusedRecord(error, stage, errorClass, reason) { Platform = Platform(error) });
    }

    /// <summary>As the collectors name it: <c>chain/1</c>.</summary>
    private static string? Platform(ErrorContext error)
    {
        ReadOnlySpan<byte> key = error.Key;
        int slash = key.IndexOf((byte)'/');
        return slash > 0 && !key[..slash].ContainsAnyExceptInRange((byte)'0', (byte)'9') ? "chain/" + System.Text.Encoding.ASCII.GetString(key[..slash]) : null;
    }

    private static string Kebab(string field) => string.Concat(field.Select(letter => char.IsUpper(letter) ? "-" + char.ToLowerInvariant(letter) : letter.ToString()));
}
