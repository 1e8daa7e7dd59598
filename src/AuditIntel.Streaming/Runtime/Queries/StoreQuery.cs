namespace AuditIntel.Streaming.Runtime.Queries;

/// <summary>
/// Looks at a store over all tasks that this instance runs now, each under its gate, so that a query sees a task between two records and never within
/// one. Answers are copies.
/// </summary>
internal sealed class StoreQuery<TStore>(string name, Func<IReadOnlyList<StreamTask>> tasks)
    where TStore : class
{
    public string Name => name;

    /// <summary>The first task's answer that is one.</summary>
    /// <exception cref="StreamsException">No task has the store now.</exception>
    public bool TryFirst<TAnswer>(TryLook<TAnswer> look, out TAnswer? answer)
    {
        foreach (StreamTask task in Running())
        {
            lock (task.Gate)
            {
                if (task.IsRunning && look((TStore)task.Stores[name], out answer))
                {
                    return true;
                }
            }
        }

        answer = default;
        return false;
    }

    /// <summary>The answers of all tasks, one after the other.</summary>
    /// <exception cref="StreamsException">No task has the store now.</exception>
    public List<TAnswer> All<TAnswer>(Func<TStore, IReadOnlyList<TAnswer>> look)
    {
        var answers = new List<TAnswer>();
        foreach (StreamTask task in Running())
        {
            lock (task.Gate)
            {
                if (task.IsRunning)
                {
                    answers.AddRange(look((TStore)task.Stores[name]));
                }
            }
        }

        return answers;
    }

    private List<StreamTask> Running()
    {
        List<StreamTask> running = [.. tasks().Where(task => task.Stores.GetValueOrDefault(name) is TStore)];
        return running.Count > 0
            ? running
            : throw new StreamsException($"Store '{name}' cannot be looked at now: no task of this instance has it, or it is being restored.");
    }

    internal delegate bool TryLook<TAnswer>(TStore store, out TAnswer? answer);
}
