using AuditIntel.Contracts;
using AuditIntel.Streaming;
using AuditIntel.Topologies.DeadLetters;

namespace AuditIntel.Topologies.Findings;

/// <summary>
/// The error handler of the findings topology: every record that fails is set aside with its reason and its original bytes. A model that cannot be read is
/// passed over with a warning, and the one before goes on to serve.
/// </summary>
public sealed class FindingsDeadLetters(FindingsSerdes serdes, Action<string>? onWarning = null)
{
    private readonly DeadLetterResponses _responses = new(serdes.DeadLetter, Topics.RawFindingsDeadLetters.Name);

    /// <summary>For <see cref="StreamsOptions.OnError"/>.</summary>
    public ErrorResponse Handle(ErrorContext error)
    {
        if (DeadLetterResponses.ConcernsAll(error.Exception))
        {
            return ErrorResponse.Fail;
        }

        if (error.Topic == Topics.Models.Name)
        {
            onWarning?.Invoke($"{error.Topic}, partition {error.Partition}, offset {error.Offset} is passed over: {error.Exception.Message}");
            return ErrorResponse.Continue;
        }

        var invalid = error.Exception as InvalidFindingException;
        (string errorClass, string reason) = invalid is null ? DeadLetterResponses.Describe(error.Exception) : (invalid.ErrorClass, invalid.Message);
        RawFinding? finding = error.Stage == ErrorStage.Process ? ReadAgain(error) : null;
        string stage = error.Stage == ErrorStage.Deserialize ? "deserialize" : invalid is null ? "process" : "validate";
        return _responses.Answer(new RefusedRecord(error, stage, errorClass, reason)
        {
            // A finding that is read again carries a new time in its bytes and lies at a new offset: its names tell it apart, not its place.
            Identity = finding is null ? null : $"{finding.Platform}/{finding.Contest}/{finding.NativeId}",
            Platform = finding?.Platform,
            SourcePath = finding?.SourcePath,
        });
    }

    private RawFinding? ReadAgain(ErrorContext error) =>
        error.Topic == Topics.RawFindings.Name && error.Value is not null ? serdes.Raw.Deserialize(error.Topic, error.Value) : null;
}
