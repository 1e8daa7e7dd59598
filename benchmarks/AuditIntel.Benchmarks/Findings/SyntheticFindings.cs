using System.Globalization;
using System.Text;
using AuditIntel.Contracts;
using AuditIntel.Intelligence.Findings;

namespace AuditIntel.Benchmarks.Findings;

/// <summary>
/// Findings as they might be submitted: contests of 300, each with its own names, 100 issues told about three times, words by Zipf's law. Seeded.
/// </summary>
internal sealed class SyntheticFindings(int seed)
{
    private const int OfContest = 300;
    private const int Issues = 100;
    private const int Words = 20_000;
    private const int WordsOfIssue = 60;

    private readonly Random _random = new(seed);

    public IEnumerable<FindingText> Take(int count)
    {
        string[][] issues = [];
        for (int i = 0; i < count; i++)
        {
            int contest = i / OfContest;
            if (i % OfContest == 0)
            {
                issues = [.. Enumerable.Range(0, Issues).Select(_ => Enumerable.Range(0, WordsOfIssue).Select(_ => Word()).ToArray())];
            }

            yield return Telling(i, contest, _random.Next(Issues), issues);
        }
    }

    private FindingText Telling(int number, int contest, int issue, string[][] issues)
    {
        string[] words = issues[issue];
        var body = new StringBuilder("## Summary\n");
        for (int i = 0; i < WordsOfIssue; i++)
        {
            // One word in three is the teller's own.
            body.Append(_random.Next(3) == 0 ? Word() : words[_random.Next(WordsOfIssue)]).Append(' ');
        }

        body.Append(CultureInfo.InvariantCulture, $"\nhttps://github.com/o/p{contest}/blob/main/src/Contract{issue % 12}.sol#L{issue * 7}-L{(issue * 7) + 12}\n");
        body.Append(CultureInfo.InvariantCulture, $"```solidity\nfunction act{contest}x{issue}() {{ state{contest}Of{issue % 20} -= amount; }}\n```\n");
        return new FindingText
        {
            Id = number.ToString(CultureInfo.InvariantCulture),
            Platform = "synthetic",
            Contest = contest.ToString(CultureInfo.InvariantCulture),
            Title = string.Join(' ', words.Take(5 + _random.Next(3))),
            Body = body.ToString(),
            Author = $"author {_random.Next(500)}",
            Severity = (issue & 1) == 0 ? Severity.High : Severity.Medium,
        };
    }

    // Zipf by inversion: rank = words^u.
    private string Word()
    {
        int rank = (int)Math.Pow(Words, _random.NextDouble());
        return string.Create(CultureInfo.InvariantCulture, $"{(char)('a' + (rank % 26))}{(char)('a' + (rank / 26 % 26))}{(char)('a' + (rank / 676 % 26))}{(char)('a' + (rank / 17_576 % 26))}");
    }
}
