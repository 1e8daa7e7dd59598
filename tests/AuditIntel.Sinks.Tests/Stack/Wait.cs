using System.Diagnostics;

namespace AuditIntel.Sinks.Tests.Stack;

/// <summary>Waits on a condition with a deadline.</summary>
internal static class Wait
{
    public static async Task UntilAsync(Func<Task<bool>> condition, int seconds = 30, Func<string>? otherwise = null)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed.TotalSeconds > seconds)
            {
                Assert.Fail(otherwise?.Invoke() ?? $"The condition did not come true within {seconds} s.");
            }

            await Task.Delay(20);
        }
    }
}
