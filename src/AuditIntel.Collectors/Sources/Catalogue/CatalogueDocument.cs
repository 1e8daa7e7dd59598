using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AuditIntel.Collectors.Sources.Catalogue;

/// <summary>Reads YAML as a tree that keeps lines and repeated keys, so that one wrong entry is one fault and not the end of the file.</summary>
internal static class CatalogueDocument
{
    private const int DeepestNesting = 16;

    /// <summary>The root, or null with the fault that stopped the reading.</summary>
    public static CatalogueNode? Read(string file, string text, ICollection<CatalogueFault> faults)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
            {
                faults.Add(new CatalogueFault(file, 1, null, "The catalogue is empty; it needs a list 'sources'."));
                return null;
            }

            parser.Consume<DocumentStart>();
            CatalogueNode root = Node(parser, 0);
            parser.Consume<DocumentEnd>();
            if (!parser.Accept<StreamEnd>(out _))
            {
                faults.Add(new CatalogueFault(file, LineOf(parser.Current!), null, "A catalogue is one YAML document; what follows '---' is left out."));
            }

            return root;
        }
        catch (YamlException e)
        {
            faults.Add(new CatalogueFault(file, (int)e.Start.Line, null, $"This is no YAML: {Sentence(e.Message)}"));
            return null;
        }
    }

    private static CatalogueNode Node(Parser parser, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw new YamlException(parser.Current!.Start, parser.Current.End, string.Create(CultureInfo.InvariantCulture, $"Nested more than {DeepestNesting} deep."));
        }

        if (parser.Current is Scalar scalar)
        {
            parser.MoveNext();
            return new CatalogueNode.Scalar(LineOf(scalar), scalar.Value, scalar.Style is not ScalarStyle.Plain);
        }

        if (parser.Current is SequenceStart list)
        {
            parser.MoveNext();
            var items = new List<CatalogueNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Node(parser, depth + 1));
            }

            return new CatalogueNode.Sequence(LineOf(list), items);
        }

        if (parser.Current is MappingStart mapping)
        {
            parser.MoveNext();
            var entries = new List<(CatalogueNode.Scalar Key, CatalogueNode Value)>();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                CatalogueNode key = Node(parser, depth + 1);
                CatalogueNode value = Node(parser, depth + 1);
                entries.Add((key as CatalogueNode.Scalar ?? new CatalogueNode.Scalar(key.Line, "", Quoted: false), value));
            }

            return new CatalogueNode.Mapping(LineOf(mapping), entries);
        }

        ParsingEvent other = parser.Consume<ParsingEvent>();
        throw new YamlException(other.Start, other.End, "Aliases (*name) are not used in catalogues; write the value out.");
    }

    private static int LineOf(ParsingEvent at) => (int)at.Start.Line;

    private static string Sentence(string message)
    {
        string line = message.Split('\n')[0].Trim();
        return line.EndsWith('.') ? line : line + ".";
    }
}
