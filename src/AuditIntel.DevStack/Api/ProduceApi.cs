using System.Runtime.InteropServices;
using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Log;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>
/// Appends batches. Versions before 3 carry the message formats of before Kafka 0.11 and are announced only because librdkafka looks for
/// them before it compresses (KAFKA-18659); their batches are refused with the error for the format.
/// </summary>
internal sealed class ProduceApi(BrokerState broker) : ApiHandler<ProduceRequest, ProduceResponse>(ApiKey.Produce, 0, 11)
{
    protected override ValueTask<ProduceResponse?> HandleAsync(
        ProduceRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var response = new ProduceResponse();
        foreach (var topic in request.TopicData)
        {
            var answered = new ProduceResponse.TopicProduceResponse { Name = topic.Name };
            foreach (var partition in topic.PartitionData)
            {
                answered.PartitionResponses.Add(Append(request, topic.Name, partition));
            }

            response.Responses.Add(answered);
        }

        return new(request.Acks == 0 ? null : response);
    }

    private ProduceResponse.PartitionProduceResponse Append(
        ProduceRequest request, string topicName, ProduceRequest.PartitionProduceData data)
    {
        var topic = broker.Catalog.Find(topicName);
        var partition = topic?.Find(data.Index);
        AppendResult result;
        if (request.Acks is not (0 or 1 or -1))
        {
            result = AppendResult.Failed(ErrorCode.InvalidRequiredAcks, $"acks={request.Acks} is not one of 0, 1 and -1 (all).");
        }
        else if (partition is null)
        {
            result = AppendResult.Failed(ErrorCode.UnknownTopicOrPartition);
        }
        else if (topic!.IsInternal)
        {
            result = AppendResult.Failed(ErrorCode.InvalidTopic, $"Topic '{topicName}' is written by the broker only.");
        }
        else
        {
            // The batch lies in the connection's own buffer, which nobody else reads until the response is sent: offsets are assigned in place.
            result = partition.Log.Append(MemoryMarshal.AsMemory(data.Records.Memory).Span, AppendOrigin.Client);
        }

        return new()
        {
            Index = data.Index,
            ErrorCode = (short)result.Error,
            BaseOffset = result.BaseOffset,
            LogAppendTimeMs = result.AppendTime,
            LogStartOffset = partition?.Log.StartOffset ?? -1,
            ErrorMessage = result.Message,
        };
    }
}
