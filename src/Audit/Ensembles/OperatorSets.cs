using Governance.Audit.Data;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Ensembles;

/// <summary>The versions of operators that a merged graph imports: of each domain the highest that a member's nodes use.</summary>
internal sealed class OperatorSets
{
    private readonly Dictionary<string, long> versions = new(StringComparer.Ordinal) { [""] = OperatorHistory.Written };

    private OperatorSets()
    {
    }

    /// <summary>What the file imports.</summary>
    public IEnumerable<OperatorSetIdProto> Imports =>
        versions.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new OperatorSetIdProto { Domain = pair.Key, Version = pair.Value });

    /// <summary>The versions that suit all members.</summary>
    /// <param name="members">Name and model of each.</param>
    /// <param name="encodesLabels">Whether the ensemble itself maps texts to numbers.</param>
    /// <exception cref="InputException">A member is too old, or two use versions of a domain of which only its maker knows whether they differ.</exception>
    public static OperatorSets Of(IEnumerable<(string Name, ModelProto Model)> members, bool encodesLabels)
    {
        OperatorSets sets = new();
        foreach ((string name, ModelProto model) in members)
        {
            foreach (string domain in AllNodes(model.Graph).Select(node => Plain(node.Domain)).Distinct())
            {
                long version = VersionOf(model, domain);
                if (domain.Length == 0 && version < OperatorHistory.Earliest)
                {
                    throw new InputException(
                        $"The member '{name}' is of opset {version}; an ensemble takes models of opset {OperatorHistory.Earliest} or later. Export it anew.");
                }

                bool known = domain is "" or OperatorHistory.Learning;
                if (!known && sets.versions.TryGetValue(domain, out long other) && other != version)
                {
                    throw new InputException($"The members use different versions ({other} and {version}) of the operators of '{domain}', which cannot be brought together.");
                }

                sets.versions[domain] = Math.Max(sets.versions.GetValueOrDefault(domain), version);
            }
        }

        if (encodesLabels)
        {
            sets.versions[OperatorHistory.Learning] = Math.Max(sets.versions.GetValueOrDefault(OperatorHistory.Learning), OperatorHistory.WrittenLearning);
        }

        return sets;
    }

    /// <summary>The version of a domain in the merged graph.</summary>
    public long this[string domain] => versions.GetValueOrDefault(domain, 1);

    /// <summary>The version of a domain that a model imports.</summary>
    public static long VersionOf(ModelProto model, string domain) =>
        model.OpsetImport.FirstOrDefault(import => Plain(import.Domain) == domain)?.Version ?? 1;

    /// <summary>The default domain has two spellings.</summary>
    public static string Plain(string domain) => domain == "ai.onnx" ? "" : domain;

    private static IEnumerable<NodeProto> AllNodes(GraphProto graph) =>
        graph.Node.SelectMany(node => Subgraphs(node).SelectMany(AllNodes).Prepend(node));

    /// <summary>The bodies of loops and branches.</summary>
    public static IEnumerable<GraphProto> Subgraphs(NodeProto node) =>
        node.Attribute.SelectMany(attribute => attribute.G is null ? attribute.Graphs : attribute.Graphs.Prepend(attribute.G));
}
