using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Variants.Quantisation;

/// <summary>The places of a graph whose weights may become bytes.</summary>
internal static class QuantisedSites
{
    private const string NotFinite = "left as it is, for some of its numbers are infinite or none at all, which bytes cannot hold";

    /// <summary>All places that nobody excluded and whose weights are finite, in the order of the graph; what stays is written down.</summary>
    /// <remarks>
    /// Judged as they are reached, because what stands before them may have been rewritten. A byte made of NaN would be a zero, and
    /// a model that answers nothing would become one that answers.
    /// </remarks>
    /// <param name="edit">The model.</param>
    public static IEnumerable<WeightSite> Of(GraphEdit edit)
    {
        foreach (WeightSite site in WeightSite.Of(edit.Graph))
        {
            if (edit.IsExcluded(site.Node))
            {
                continue;
            }

            if (IsFinite(edit, site.Node))
            {
                yield return site;
            }
            else
            {
                edit.Leave(site.Node, NotFinite);
            }
        }
    }

    // Of a recurrent operator both matrices count: it is rewritten as one.
    private static bool IsFinite(GraphEdit edit, NodeProto node) =>
        node.Input.Select(edit.Initializer).OfType<TensorProto>().All(tensor => GraphIndex.Numbers(tensor)?.All(double.IsFinite) ?? true);
}
