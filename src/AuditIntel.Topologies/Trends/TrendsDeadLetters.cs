using AuditIntel.Contracts;
using AuditIntel.Streaming;
using AuditIntel.Topologies.DeadLetters;

namespace AuditIntel.Topologies.Trends;

/// <summary>The error handler of the trends topology: a finding that cannot be read or counted is set aside with its reason and its bytes.</summary>
public sealed class TrendsDeadLetters(TrendsSerdes serdes)
{
    private readonly DeadLetterResponses _responses = new(serdes.DeadLetter, Topics.RawFindingsDeadLetters.Name);

    /// <summary>For <see cref="StreamsOptions.OnError"/>.</summary>
    public ErrorResponse Handle(ErrorContext error)
    {
        if (DeadLetterResponses.ConcernsAll(error.Exception))
        {
            return ErrorResponse.Fail;
        }

        (string errorClass, string reason) = DeadLetterResponses.Describe(error.Exception);
        return _responses.Answer(new RefusedRecord(error, error.Stage == ErrorStage.Deserialize ? "deserialize" : "process", errorClass, reason));
    }
}
