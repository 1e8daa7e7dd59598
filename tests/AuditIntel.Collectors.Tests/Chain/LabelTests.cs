using AuditIntel.Collectors.Chain;
using AuditIntel.Collectors.Chain.Publishing;
using AuditIntel.Collectors.Tests.Chain.Files;
using AuditIntel.Collectors.Tests.Chain.Stack;
using AuditIntel.Contracts;
using static AuditIntel.Collectors.Tests.Chain.Files.ChainFileFolder;

namespace AuditIntel.Collectors.Tests.Chain;

/// <summary>Lists of labelled addresses, from the file to the compacted topic.</summary>
public sealed class LabelTests : IDisposable
{
    private const string PhishingHeader = "address,etherscan_tag,etherscan_labels,is_contract";
    private const string ContractHeader =
        "contract_address,contract_tag,contract_creator,contract_creation_tx,contract_creator_tag,source,notes,contract_creator_etherscan_label";

    private readonly ChainFileFolder _folder = new();

    [Fact]
    public void ListsOfAnAddress_ShouldComeAsOneRecord()
    {
        _folder.Write("phishing_scams.csv", PhishingHeader, $"{From.ToUpperInvariant().Replace('X', 'x')},Fake_Phishing1,phish-hack,False");
        _folder.Write("labels.csv", "banned_address,wallet_tag,data_source", $"{From},\"Some, Exploiter\",etherscan-exploit-list");
        AddressLabel label = Assert.IsType<ChainCollected.OfLabel>(Assert.Single(_folder.Collect())).Label;
        Assert.Equal((1, From), (label.ChainId, label.Address));
        Assert.Equal(
            [("labels", "exploit", "Some, Exploiter"), ("phishing_scams", "phishing", "Fake_Phishing1")],
            label.Entries.Select(entry => (entry.Source, entry.Category, entry.Tag!)));
        Assert.False(label.Entries[1].IsContract);
    }

    [Fact]
    public void ContractList_ShouldLabelTheCreatorAsWell()
    {
        _folder.Write("contracts.csv", ContractHeader, $"{To},Some Exploiter,{From},{Hash},The Creator,a table,,heist");
        AddressLabel[] labels = [.. _folder.Collect().Cast<ChainCollected.OfLabel>().Select(item => item.Label)];
        Assert.Equal([From, To], labels.Select(label => label.Address));
        AddressLabelEntry creator = Assert.Single(labels[0].Entries);
        Assert.Equal(("heist-contract-creator", "The Creator", Hash), (creator.Category, creator.Tag, creator.CreationTransaction));
        AddressLabelEntry contract = Assert.Single(labels[1].Entries);
        Assert.Equal(("heist", "Some Exploiter", From, true), (contract.Category, contract.Tag, contract.Creator, contract.IsContract));
    }

    [Fact]
    public void BrokenRow_ShouldBeRefusedAlone()
    {
        _folder.Write("list.csv", PhishingHeader, "0x12,tag,phish-hack,False", $"{From},tag,phish-hack", $"{To},tag,phish-hack,True");
        ChainCollected[] items = _folder.Collect();
        Assert.Equal(To, Assert.Single(items.OfType<ChainCollected.OfLabel>()).Label.Address);
        Assert.Equal([ChainError.BadHex, ChainError.BadCsvRow], Letters(items).Select(letter => letter.ErrorClass));
    }

    [Fact]
    public async Task ListReadAgain_ShouldSendOnlyWhatChanged_AndLeaveOtherListsAlone()
    {
        await using ChainStack stack = await ChainStack.StartAsync();
        _folder.Write("one.csv", PhishingHeader, $"{From},A,phish-hack,False", $"{To},B,phish-hack,False");
        Assert.Equal(2, await PublishAsync(stack));
        Assert.Equal(0, await PublishAsync(stack));

        _folder.Write("one.csv", "nothing");
        _folder.Write("two.csv", PhishingHeader, $"{From},C,heist,False");
        Assert.Equal(1, await PublishAsync(stack));
        Dictionary<string, AddressLabel> newest = (await stack.ReadAsync<AddressLabel>(Topics.AddressLabels))
            .GroupBy(record => record.Key).ToDictionary(group => group.Key, group => group.Last().Value);
        Assert.Equal(["1/" + From, "1/" + To], newest.Keys.Order());
        Assert.Equal([("one", "A"), ("two", "C")], newest["1/" + From].Entries.Select(entry => (entry.Source, entry.Tag!)));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<long> PublishAsync(ChainStack stack)
    {
        using ChainPublisher publisher = await stack.PublisherAsync(withLabels: true);
        foreach (ChainCollected item in _folder.Collect())
        {
            publisher.Publish(item, CancellationToken.None);
        }

        publisher.Flush(CancellationToken.None);
        return publisher.Labels;
    }
}
