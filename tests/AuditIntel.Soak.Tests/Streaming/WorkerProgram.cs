using System.Runtime.InteropServices;
using AuditIntel.Kafka;
using AuditIntel.Streaming;

namespace AuditIntel.Soak.Tests.Streaming;

/// <summary>
/// The program that the tests start as processes of their own, so that they can be killed and stopped:
/// <c>dotnet AuditIntel.Soak.Tests.dll BOOTSTRAP STATE-DIRECTORY</c>.
/// </summary>
internal static class WorkerProgram
{
    public const string ApplicationId = "fire";

    public static readonly TimeSpan SessionTimeout = TimeSpan.FromSeconds(3);

    public static async Task<int> Main(string[] arguments)
    {
        await using var streams = new KafkaStreams(FireTopology.Build(), new StreamsOptions
        {
            ApplicationId = ApplicationId,
            Kafka = new KafkaOptions { BootstrapServers = arguments[0] },
            Guarantee = ProcessingGuarantee.ExactlyOnce,
            StateDirectory = arguments[1],
            SessionTimeout = SessionTimeout,
            StreamThreads = 2,
            OnThreadFailure = ThreadFailureResponse.ReplaceThread,
            OnWarning = Console.Error.WriteLine,
        });
        var stopped = new TaskCompletionSource();
        using PosixSignalRegistration signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            stopped.TrySetResult();
        });
        await streams.StartAsync();
        await Console.Out.WriteLineAsync("started");
        await await Task.WhenAny(stopped.Task, streams.Completion);
        await streams.StopAsync();
        return 0;
    }
}
