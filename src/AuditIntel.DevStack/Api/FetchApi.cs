using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Log;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Reads batches. Waits until there are min bytes or the time is up; the bytes go from the file to the socket when the answer is sent.</summary>
internal sealed class FetchApi(BrokerState broker) : ApiHandler<FetchRequest, FetchResponse>(ApiKey.Fetch, 4, 12)
{
    /// <summary>Bytes of one answer at most, whatever the client asks for.</summary>
    private const int MaxResponseBytes = 64 << 20;

    protected override async ValueTask<FetchResponse?> HandleAsync(
        FetchRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var response = Read(request, out var bytes, out var failed);
        if (bytes >= request.MinBytes || failed || request.MaxWaitMs <= 0)
        {
            return response;
        }

        using var wait = new FetchWait(PartitionsOf(request));
        var until = broker.Clock.GetTimestamp();
        while (true)
        {
            // Registered before this read: what is appended after it ends the wait.
            Release(response);
            response = Read(request, out bytes, out failed);
            var left = TimeSpan.FromMilliseconds(Math.Min(request.MaxWaitMs, 60_000)) - broker.Clock.GetElapsedTime(until);
            if (bytes >= request.MinBytes || failed || left <= TimeSpan.Zero)
            {
                return response;
            }

            Release(response);
            await wait.NextAsync(left, broker.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void Release(FetchResponse response)
    {
        foreach (var topic in response.Responses)
        {
            foreach (var partition in topic.Partitions)
            {
                partition.Records.File?.Dispose();
            }
        }
    }

    private List<PartitionLog> PartitionsOf(FetchRequest request)
    {
        List<PartitionLog> logs = [];
        foreach (var topic in request.Topics)
        {
            foreach (var asked in topic.Partitions)
            {
                if (broker.Catalog.Find(topic.Topic)?.Find(asked.Partition) is { } partition)
                {
                    logs.Add(partition.Log);
                }
            }
        }

        return logs;
    }

    private FetchResponse Read(FetchRequest request, out int bytes, out bool failed)
    {
        var response = new FetchResponse();
        bytes = 0;
        failed = false;
        var left = Math.Min(request.MaxBytes, MaxResponseBytes);
        foreach (var topic in request.Topics)
        {
            var answered = new FetchResponse.FetchableTopicResponse { Topic = topic.Topic };
            foreach (var asked in topic.Partitions)
            {
                var data = Read(topic.Topic, asked, request.IsolationLevel == 1, left, atLeastOne: bytes == 0);
                bytes += data.Records.Length;
                left -= data.Records.Length;
                failed |= data.ErrorCode != 0;
                answered.Partitions.Add(data);
            }

            response.Responses.Add(answered);
        }

        return response;
    }

    private FetchResponse.PartitionData Read(string topic, FetchRequest.FetchPartition asked, bool committed, int left, bool atLeastOne)
    {
        var data = new FetchResponse.PartitionData { PartitionIndex = asked.Partition, Records = RecordsPayload.Empty, AbortedTransactions = null };
        if (broker.Catalog.Find(topic)?.Find(asked.Partition) is not { } partition)
        {
            data.ErrorCode = (short)ErrorCode.UnknownTopicOrPartition;
            data.HighWatermark = -1;
            return data;
        }

        var read = partition.Log.Read(asked.FetchOffset, Math.Min(asked.PartitionMaxBytes, left), committed, atLeastOne);
        data.ErrorCode = (short)read.Error;
        data.HighWatermark = read.HighWatermark;
        data.LastStableOffset = read.LastStableOffset;
        data.LogStartOffset = read.StartOffset;
        data.AbortedTransactions = read.Aborted is null
            ? null
            : [.. read.Aborted.Select(a => new FetchResponse.AbortedTransaction { ProducerId = a.ProducerId, FirstOffset = a.FirstOffset })];
        data.Records = read.Slice is null ? RecordsPayload.Empty : RecordsPayload.From(read.Slice);
        return data;
    }
}
