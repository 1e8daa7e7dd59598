using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Runtime;

/// <summary>Shares an instance's cache out in equal parts to its threads, however many there are.</summary>
internal sealed class CacheBudgets(long maxBytes)
{
    private readonly List<CacheBudget> _budgets = [];

    public CacheBudget Add()
    {
        var budget = new CacheBudget(maxBytes);
        _budgets.Add(budget);
        Share();
        return budget;
    }

    public void Remove(CacheBudget budget)
    {
        _budgets.Remove(budget);
        Share();
    }

    private void Share()
    {
        foreach (CacheBudget budget in _budgets)
        {
            budget.MaxBytes = maxBytes / _budgets.Count;
        }
    }
}
