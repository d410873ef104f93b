using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Gradients;

/// <summary>Where a function of a row has kinks: a pattern that changes as one is crossed.</summary>
/// <param name="Pattern">Truth values or positions.</param>
/// <param name="Like">A forward value of the same shape.</param>
/// <param name="Positions">0 for truth values; else the modulus of positions.</param>
internal sealed record KinkMark(string Pattern, string Like, long Positions);

/// <summary>What is gathered on the way back through a graph: a gradient for each value.</summary>
/// <param name="graph">The forward graph, to which nodes are appended.</param>
/// <param name="facts">Shapes and types of its values.</param>
/// <param name="active">Values whose gradient is wanted.</param>
internal sealed class GradientTrace(GraphProto graph, ValueFacts facts, IReadOnlySet<string> active)
{
    private readonly Dictionary<string, List<string>> parts = new(StringComparer.Ordinal);

    /// <summary>Where nodes are written.</summary>
    public Tape Tape { get; } = new(graph);

    /// <summary>Shapes and types of the forward values.</summary>
    public ValueFacts Facts => facts;

    /// <summary>The forward graph's constants.</summary>
    public GraphIndex Index { get; } = new(graph);

    /// <summary>The kinks found on the way.</summary>
    public List<KinkMark> Marks { get; } = [];

    /// <summary>Whether a value's gradient is wanted.</summary>
    public bool IsActive(string value) => active.Contains(value);

    /// <summary>Adds to a value's gradient.</summary>
    public void Add(string value, string gradient)
    {
        if (!parts.TryGetValue(value, out List<string>? list))
        {
            parts.Add(value, list = []);
        }

        list.Add(gradient);
    }

    /// <summary>A value's gradient so far, or null where nothing flowed back to it.</summary>
    public string? Cotangent(string value)
    {
        if (!parts.TryGetValue(value, out List<string>? list))
        {
            return null;
        }

        if (list.Count > 1)
        {
            string sum = Tape.Op("Sum", [.. list]);
            list.Clear();
            list.Add(sum);
        }

        return list[0];
    }
}
