using AuditIntel.Contracts;
using AuditIntel.Intelligence.Findings;
using AuditIntel.Intelligence.Findings.Evaluation;

namespace AuditIntel.Intelligence.Tests.Findings;

/// <summary>Made-up findings: issues told several times in other words, so that there is something to find.</summary>
internal static class SampleFindings
{
    private static readonly string[][] Issues =
    [
        ["withdraw", "re-entrant call drains the vault", "An attacker re-enters withdraw before the balance is written", "reentrancy guard", "Vault", "balances"],
        ["getPrice", "stale oracle price is used", "latestRoundData is read without checking updatedAt, so an old price is taken", "check the heartbeat", "PriceFeed", "updatedAt"],
        ["swapExact", "no slippage limit on swaps", "Users can be sandwiched as the minimum output is zero", "let users pass a minimum", "Router", "amountOutMin"],
        ["setFee", "owner may set any fee", "The owner can raise the fee to 100% and take all deposits", "cap the fee", "FeeManager", "feeBps"],
        ["claimRewards", "rewards can be claimed twice", "The claimed flag is never set, so rewards are paid again", "set the flag first", "Staking", "hasClaimed"],
        ["liquidate", "liquidation reverts for small debts", "Rounding makes the repaid amount zero and the call reverts", "round up", "Lending", "debtShares"],
    ];

    private static readonly string[] Openings = ["In this protocol", "I found that", "There is a problem:", "It is possible that", "During the review we saw that"];

    public static FindingText Finding(string id, string title, string body, string contest = "c", string platform = "sherlock", string author = "", Severity severity = Severity.High) =>
        new() { Id = id, Platform = platform, Contest = contest, Title = title, Body = body, Author = author, Severity = severity };

    /// <summary>Contests in which each issue is submitted several times, with groups.</summary>
    public static List<LabelledFinding> Grouped(int contests, int copies)
    {
        var result = new List<LabelledFinding>();
        for (int contest = 0; contest < contests; contest++)
        {
            for (int copy = 0; copy < copies; copy++)
            {
                for (int issue = 0; issue < Issues.Length; issue++)
                {
                    string[] it = Issues[issue];
                    string body = $"## Summary\n{Openings[(copy + issue) % Openings.Length]} {it[2]}.\n## Impact\nLoss of funds number {copy}.\n"
                        + $"## Code Snippet\nhttps://github.com/o/p/blob/main/src/{it[4]}.sol#L{10 + (issue * 40)}-L{20 + (issue * 40) + copy}\n"
                        + $"```solidity\nfunction {it[0]}() external {{ {it[5]}[msg.sender] = {copy}; }}\n```\n## Recommendation\n{it[3]}";
                    result.Add(new LabelledFinding(
                        Finding($"sherlock/c{contest}/{issue:000}-H/{(copy * Issues.Length) + issue:000}", $"{it[1]} in {it[4]}", body, $"c{contest}", author: $"author {copy}"),
                        $"{issue:000}-H"));
                }
            }
        }

        return result;
    }
}
