using Governance.Audit.Gradients;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Training.Export;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Ensembles;

/// <summary>Puts a member's graph into the merged one and brings what it says into a common form.</summary>
internal sealed class MemberNodes(GraphProto graph, SharedInputs shared, OperatorSets versions)
{
    /// <summary>Adds the nodes and weights that a member's outputs need, under names of its own.</summary>
    /// <param name="member">The member.</param>
    /// <param name="prefix">What its names begin with.</param>
    public void Add(MemberReading member, string prefix)
    {
        GraphProto own = member.Model.Graph.Clone();
        string[] wanted = [.. new[] { member.ScoreValue, member.LabelValue }.OfType<string>()];
        TrimGraph.To(own, wanted);
        RaiseOperators.Run(member.Member.Name, member.Model, own, versions);
        PrefixNames.Run(own, prefix);
        foreach ((string name, string ours, long[]? reshape) in shared.For(member))
        {
            NodeProto node = new() { OpType = reshape is null ? "Identity" : "Reshape", Input = { name }, Output = { prefix + ours } };
            if (reshape is not null)
            {
                string dims = prefix + "rows";
                graph.Initializer.Add(new TensorProto { Name = dims, DataType = (int)DataType.Int64, Dims = { reshape.Length }, Int64Data = { reshape } });
                node.Input.Add(dims);
            }

            graph.Node.Add(node);
        }

        graph.Node.AddRange(own.Node);
        graph.Initializer.AddRange(own.Initializer);
        graph.SparseInitializer.AddRange(own.SparseInitializer);
    }

    /// <summary>The member's class probabilities in float, shape [N, classes], columns in the ensemble's order.</summary>
    public static string Probabilities(Tape tape, MemberReading member, string prefix, IReadOnlyList<string> classes)
    {
        string rows = Numbers(tape, member, prefix);
        if (member.ScoreWidth == 1)
        {
            string second = member.Role == OutputRole.Logits ? tape.Op("Sigmoid", [rows]) : rows;
            string first = tape.Sub(tape.Number(1, DataType.Float), second);

            // One column stands for the second of the member's own classes.
            string[] both = member.Classes![1] == classes[1] ? [first, second] : [second, first];
            return tape.Op("Concat", both, GraphBuilder.Attribute("axis", 1));
        }

        string ordered = member.Columns(classes) is int[] order
            ? tape.Op("Gather", [rows, tape.Whole([.. order.Select(column => (long)column)])], GraphBuilder.Attribute("axis", 1))
            : rows;
        return member.Role == OutputRole.Logits ? tape.Op("Softmax", [ordered], GraphBuilder.Attribute("axis", 1)) : ordered;
    }

    /// <summary>The member's scores or predicted numbers in float, shape [N, width].</summary>
    public static string Numbers(Tape tape, MemberReading member, string prefix) =>
        tape.Cast(tape.Op("Reshape", [prefix + member.ScoreValue, tape.Whole(-1, member.ScoreWidth)]), DataType.Float);

    /// <summary>The member's vote in float, shape [N, classes]: 1 for the class that it decides for.</summary>
    public static string Vote(Tape tape, GraphProto graph, MemberReading member, string prefix, IReadOnlyList<string> classes)
    {
        if (member.LabelValue is string label)
        {
            return tape.Cast(tape.Op("Equal", [Code(tape, graph, member, prefix + label, classes), Codes(tape, member, classes)]), DataType.Float);
        }

        string scores = member.HasProbabilities ? Probabilities(tape, member, prefix, classes) : Scores(tape, member, prefix, classes);
        if (classes.Count > 2)
        {
            string best = tape.Op("ArgMax", [scores], GraphBuilder.Attribute("axis", 1), GraphBuilder.Attribute("keepdims", 1));
            return tape.Cast(tape.Op("Equal", [best, Row(tape, Enumerable.Range(0, classes.Count).Select(place => (long)place))]), DataType.Float);
        }

        int positive = classes.ToList().IndexOf(member.Positive!);
        string passes = tape.Cast(Passes(tape, scores, positive, member.Rule.Threshold ?? 0.5), DataType.Float);
        string other = tape.Sub(tape.Number(1, DataType.Float), passes);
        return tape.Op("Concat", positive == 1 ? [other, passes] : [passes, other], GraphBuilder.Attribute("axis", 1));
    }

    /// <summary>Whether the score of a class is at least a threshold, shape [N, 1].</summary>
    public static string Passes(Tape tape, string scores, int place, double threshold)
    {
        string column = tape.Op("Gather", [scores, tape.Whole(place)], GraphBuilder.Attribute("axis", 1));
        return tape.Op("GreaterOrEqual", [column, tape.Number(AtLeast(threshold), DataType.Float)]);
    }

    // The smallest float that is not below the threshold: a float passes the one exactly where it passes the other.
    private static double AtLeast(double threshold)
    {
        float near = (float)threshold;
        return near < threshold ? MathF.BitIncrement(near) : near;
    }

    private static string Scores(Tape tape, MemberReading member, string prefix, IReadOnlyList<string> classes)
    {
        string rows = Numbers(tape, member, prefix);
        if (member.ScoreWidth > 1)
        {
            return member.Columns(classes) is int[] order
                ? tape.Op("Gather", [rows, tape.Whole([.. order.Select(column => (long)column)])], GraphBuilder.Attribute("axis", 1))
                : rows;
        }

        string first = tape.Sub(tape.Number(1, DataType.Float), rows);
        return tape.Op("Concat", member.Classes![1] == classes[1] ? [first, rows] : [rows, first], GraphBuilder.Attribute("axis", 1));
    }

    // The label of each row as a whole number, shape [N, 1].
    private static string Code(Tape tape, GraphProto graph, MemberReading member, string label, IReadOnlyList<string> classes)
    {
        string column = tape.Op("Reshape", [label, tape.Whole(-1, 1)]);
        if (!member.HasTextLabels)
        {
            return tape.Cast(column, DataType.Int64);
        }

        string code = tape.Name();
        graph.Node.Add(new NodeProto
        {
            OpType = "LabelEncoder",
            Domain = OperatorHistory.Learning,
            Input = { column },
            Output = { code },
            Attribute =
            {
                GraphBuilder.Attribute("keys_strings", member.Labels(classes)),
                GraphBuilder.Attribute("values_int64s", Enumerable.Range(0, classes.Count).Select(place => (long)place)),
                GraphBuilder.Attribute("default_int64", -1),
            },
        });
        return code;
    }

    private static string Codes(Tape tape, MemberReading member, IReadOnlyList<string> classes) => Row(
        tape, member.HasTextLabels
            ? Enumerable.Range(0, classes.Count).Select(place => (long)place)
            : member.Labels(classes).Select(text => long.Parse(text)));

    // Shape [1, values], against a column of rows.
    private static string Row(Tape tape, IEnumerable<long> values) =>
        tape.Op("Reshape", [tape.Whole([.. values]), tape.Whole(1, -1)]);
}
