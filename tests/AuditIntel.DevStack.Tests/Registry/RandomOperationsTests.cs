using AuditIntel.DevStack.Tests.Broker;
using static AuditIntel.DevStack.Tests.Registry.TestRegistry;

namespace AuditIntel.DevStack.Tests.Registry;

/// <summary>
/// A long walk of random operations through one registry. One that follows, one that starts afresh and one that starts on what compaction leaves must show
/// the same as it.
/// </summary>
public sealed class RandomOperationsTests
{
    private const int Operations = 400;

    private static readonly string[] Subjects = ["a", "b", "c"];
    private static readonly string[] Modes = ["READWRITE", "READWRITE", "READWRITE", "READONLY", "IMPORT"];
    private static readonly string[] Levels = ["NONE", "BACKWARD", "FULL_TRANSITIVE"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Registries_ShouldAgree_WhateverWasDone(int seed)
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        await using TestRegistry registry = await TestRegistry.StartAsync(broker.Servers);
        await using TestRegistry follower = await TestRegistry.StartAsync(broker.Servers);
        var random = new Random(seed);
        int done = 0;
        for (int i = 0; i < Operations; i++)
        {
            RegistryAnswer answer = await OperateAsync(registry, random);
            Assert.True(answer.Status < 500, $"operation {i}: {answer.Body}");
            done += answer.Status == 200 ? 1 : 0;
        }

        Assert.True(done > Operations / 4, $"only {done} operations did anything");

        // A write makes the follower read all that there is.
        (await follower.DeleteAsync("mode")).Good();
        string shown = await ShowAsync(registry);
        Assert.Equal(shown, await ShowAsync(follower));
        await using TestRegistry fresh = await TestRegistry.StartAsync(broker.Servers);
        Assert.Equal(shown, await ShowAsync(fresh));

        await using TestBroker other = await TestBroker.StartAsync();
        await using (await TestRegistry.StartAsync(other.Servers))
        {
            // Makes the topic.
        }

        await SchemasTopic.WriteAsync(other.Servers, Compacted(SchemasTopic.Records(broker.Servers)));
        await using TestRegistry compacted = await TestRegistry.StartAsync(other.Servers);
        Assert.Equal(shown, await ShowAsync(compacted));
    }

    private static async Task<RegistryAnswer> OperateAsync(TestRegistry registry, Random random)
    {
        string subject = Subjects[random.Next(Subjects.Length)];
        string schema = RegistryFixture.Record($"R{random.Next(6)}");
        string permanent = random.Next(2) == 0 ? "?permanent=true" : "";
        return random.Next(20) switch
        {
            < 7 => await registry.PostAsync($"subjects/{subject}/versions", Body(schema)),
            7 => await registry.PostAsync($"subjects/{subject}/versions", Body(schema, ("id", random.Next(1, 40)), ("version", random.Next(1, 6)))),
            8 => await registry.PostAsync($"subjects/{subject}/versions", Body(
                $$"""{"type":"record","name":"U{{random.Next(3)}}","fields":[{"name":"r","type":"R{{random.Next(2)}}"}]}""",
                References("R" + random.Next(2), Subjects[random.Next(Subjects.Length)], -1))),
            < 13 => await registry.DeleteAsync($"subjects/{subject}/versions/{random.Next(1, 6)}{permanent}"),
            < 15 => await registry.DeleteAsync($"subjects/{subject}{permanent}"),
            15 => await registry.PutAsync($"config/{subject}", $$"""{"compatibility":"{{Levels[random.Next(Levels.Length)]}}"}"""),
            16 => await registry.DeleteAsync($"config/{subject}"),
            17 => await registry.PutAsync($"mode/{subject}?force={(random.Next(2) == 0 ? "true" : "false")}", $$"""{"mode":"{{Modes[random.Next(Modes.Length)]}}"}"""),
            18 => await registry.DeleteAsync($"mode/{subject}"),
            _ => await registry.PutAsync("config", $$"""{"compatibility":"{{Levels[random.Next(Levels.Length)]}}"}"""),
        };
    }

    /// <summary>All that can be asked for.</summary>
    private static async Task<string> ShowAsync(TestRegistry registry)
    {
        var shown = new List<string>();
        string[] paths = ["subjects", "subjects?deletedOnly=true", "schemas", "schemas?deleted=true", "config", "mode"];
        foreach (string path in (string[])[.. paths, .. Subjects.SelectMany(subject => (string[])
            [$"subjects/{subject}/versions?deletedAsNegative=true", $"config/{subject}", $"mode/{subject}", $"subjects/{subject}/versions/1/referencedby?deleted=true"])])
        {
            shown.Add($"{path}: {(await registry.GetAsync(path)).Body}");
        }

        return string.Join('\n', shown);
    }

    private static (string Key, string? Value)[] Compacted(string[] records)
    {
        (string Key, string Value, int Place)[] split = [.. records.Select((record, place) => (record[..record.IndexOf(' ')], record[(record.IndexOf(' ') + 1)..], place))];
        return
        [
            .. split.GroupBy(record => record.Key).Select(group => group.Last()).OrderBy(record => record.Place)
                .Where(record => record.Value != "null").Select(record => (record.Key, (string?)record.Value)),
        ];
    }
}
