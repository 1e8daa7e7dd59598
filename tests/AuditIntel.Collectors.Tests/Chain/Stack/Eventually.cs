using System.Diagnostics;

namespace AuditIntel.Collectors.Tests.Chain.Stack;

/// <summary>Waits on a condition, with an end.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(25);

    public static Task IsTrueAsync(Func<bool> condition, Func<string> otherwise) => IsTrueAsync(() => Task.FromResult(condition()), otherwise);

    public static async Task IsTrueAsync(Func<Task<bool>> condition, Func<string> otherwise)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(begin) > Patience)
            {
                Assert.Fail(otherwise());
            }

            await Task.Delay(Turn);
        }
    }
}
