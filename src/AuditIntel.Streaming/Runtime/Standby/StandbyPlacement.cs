using System.Text;
using AuditIntel.Kafka;

namespace AuditIntel.Streaming.Runtime.Standby;

/// <summary>
/// Which processes keep a copy of a task's stores. librdkafka has no place for an assignor of our own, so every process works the same answer out of the
/// group's members: of those that do not run the task, the first by rendezvous hashing (Thaler, Ravishankar 1998). A process that comes or goes moves few copies.
/// </summary>
internal static class StandbyPlacement
{
    /// <param name="task">Which task.</param>
    /// <param name="owner">Process that runs it; null while nobody does.</param>
    /// <param name="processes">All processes of the group.</param>
    /// <param name="replicas">Copies wanted.</param>
    public static IReadOnlyList<string> Of(TaskId task, string? owner, IReadOnlyCollection<string> processes, int replicas) =>
        [.. processes.Where(process => process != owner).OrderByDescending(process => Weight(task, process)).ThenBy(process => process).Take(replicas)];

    private static uint Weight(TaskId task, string process) => Crc32C.Compute(Encoding.UTF8.GetBytes($"{task} {process}")) * 2654435769;
}
