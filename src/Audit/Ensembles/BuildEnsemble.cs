using Google.Protobuf;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Gradients;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Training;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Ensembles;

/// <summary>Merges several models into one ONNX graph that answers for all of them.</summary>
public static class BuildEnsemble
{
    private const long IrVersion = 8;

    /// <summary>Merges models without training anything.</summary>
    /// <param name="members">At least two, loaded; their inputs and classes must agree.</param>
    /// <param name="options">Average, weighted or majority.</param>
    /// <param name="warn">Receives what a reader must know.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">The members cannot be merged; the sentence says which, and what differs.</exception>
    public static EnsembleModel Run(
        IReadOnlyList<EnsembleMember> members, EnsembleOptions options, Action<AuditWarning> warn, CancellationToken cancellationToken)
    {
        options.Check(members.Count);
        if (options.Combination == Combination.Stacking)
        {
            throw new InputException("Stacking learns from labelled rows: give the data and the column of the label.");
        }

        return Write(AgreedMembers.Of(members, options, warn, cancellationToken), options, null, cancellationToken);
    }

    /// <summary>Writes the graph of members that agree.</summary>
    internal static EnsembleModel Write(AgreedMembers agreed, EnsembleOptions options, MultinomialModel? stacked, CancellationToken cancellationToken)
    {
        bool votesOnText = options.Combination == Combination.Majority && agreed.Members.Any(member => member.LabelValue is not null && member.HasTextLabels);
        OperatorSets versions = OperatorSets.Of(agreed.Members.Select(member => (member.Member.Name, Needed(member))), votesOnText);
        GraphProto graph = new() { Name = "ensemble", Input = { agreed.Inputs.Values } };
        MemberNodes nodes = new(graph, agreed.Inputs, versions);
        string[] prefixes = [.. agreed.Members.Select((_, i) => Free(agreed, $"member{i + 1}/"))];
        for (int i = 0; i < prefixes.Length; i++)
        {
            nodes.Add(agreed.Members[i], prefixes[i]);
        }

        Names names = new(agreed);
        Outputs(graph, agreed, options, stacked, prefixes, names);
        ModelProto model = new()
        {
            IrVersion = Math.Max(IrVersion, agreed.Members.Max(member => member.Model.IrVersion)),
            ProducerName = "governance",
            Graph = graph,
            OpsetImport = { versions.Imports },
            MetadataProps =
            {
                new StringStringEntryProto { Key = "governance.ensemble", Value = options.Combination.ToString().ToLowerInvariant() },
            },
        };
        byte[] file = model.ToByteArray();
        (int rows, double difference) = ProveEnsemble.Run(file, agreed, options, stacked, names.Scores, cancellationToken);
        return new EnsembleModel(
            file, Encoding(agreed, options, names), agreed.Classes, agreed.Positive, Threshold(agreed, options), versions[""], rows, difference);
    }

    private static void Outputs(
        GraphProto graph, AgreedMembers agreed, EnsembleOptions options, MultinomialModel? stacked, string[] prefixes, Names names)
    {
        Tape tape = new(graph, "ensemble/");
        EnsembleNodes combine = new(tape);
        IReadOnlyList<MemberReading> members = agreed.Members;
        double[] shares = options.Shares(members.Count);
        if (agreed.Classes is not IReadOnlyList<string> classes)
        {
            string[] values = [.. members.Select((member, i) => MemberNodes.Numbers(tape, member, prefixes[i]))];
            string value = combine.Mean(values, shares);
            tape.As("Identity", [value], names.Scores);
            tape.As("Identity", [combine.Spread(values, value, shares)], names.Disagreement);
            graph.Output.Add(Declared(names.Scores, DataType.Float, 1));
            graph.Output.Add(Declared(names.Disagreement, DataType.Float, 1));
            return;
        }

        bool votes = options.Combination == Combination.Majority;
        string[]? probabilities = members.All(member => member.HasProbabilities)
            ? [.. members.Select((member, i) => MemberNodes.Probabilities(tape, member, prefixes[i], classes))]
            : null;
        string[] combined = votes ? [.. members.Select((member, i) => MemberNodes.Vote(tape, graph, member, prefixes[i], classes))] : probabilities!;
        string mean = combine.Mean(combined, shares);
        int positive = agreed.PositivePlace;
        string said = stacked is null ? mean : combine.Stacked(probabilities!, stacked, positive);
        string place = votes ? combine.MostVotes(said, probabilities is null ? null : combine.Mean(probabilities, shares))
            : Threshold(agreed, options) is double threshold ? combine.Decided(said, positive, threshold)
            : combine.Largest(said);
        string spread = combine.Spread(combined, mean, shares);
        TensorProto table = new() { Name = tape.Name(), DataType = (int)DataType.String, Dims = { classes.Count } };
        table.StringData.AddRange(classes.Select(ByteString.CopyFromUtf8));
        graph.Initializer.Add(table);
        tape.As("Gather", [table.Name, place], names.Label);
        tape.As("Identity", [said], names.Scores);
        tape.As("Identity", [classes.Count == 2 ? combine.Column(spread, positive) : spread], names.Disagreement);
        graph.Output.Add(Declared(names.Label, DataType.String, null));
        graph.Output.Add(Declared(names.Scores, DataType.Float, classes.Count));
        graph.Output.Add(Declared(names.Disagreement, DataType.Float, classes.Count == 2 ? 1 : classes.Count));
    }

    private static double? Threshold(AgreedMembers agreed, EnsembleOptions options) =>
        options.Combination == Combination.Majority || agreed.Classes is not { Count: 2 } ? null : options.Threshold ?? agreed.Threshold ?? 0.5;

    // What a member's outputs do not need may be as old as it likes.
    private static ModelProto Needed(MemberReading member)
    {
        ModelProto needed = member.Model.Clone();
        TrimGraph.To(needed.Graph, [.. new[] { member.ScoreValue, member.LabelValue }.OfType<string>()]);
        return needed;
    }

    private static ModelEncoding? Encoding(AgreedMembers agreed, EnsembleOptions options, Names names)
    {
        if (agreed.Members[0].Member.Encoding is not ModelEncoding first)
        {
            return null;
        }

        double? threshold = Threshold(agreed, options);
        return new ModelEncoding
        {
            Inputs = [.. first.Inputs.Select(input => input with { Mask = agreed.Masks.TryGetValue(input.Name, out CellRule mask) ? mask : null })],
            Groups = first.Groups,
            Label = first.Label,
            Threshold = threshold is 0.5 ? null : threshold,
            Outputs = agreed.Classes is null
                ? [new EncodedOutput(names.Scores, OutputRole.Value, null), new EncodedOutput(names.Disagreement, OutputRole.Other, null)]
                : [
                    new EncodedOutput(names.Label, OutputRole.Label, null),
                    new EncodedOutput(names.Scores, OutputRole.Probability, agreed.Classes),
                    new EncodedOutput(names.Disagreement, OutputRole.Other, null),
                ],
        };
    }

    private static string Free(AgreedMembers agreed, string prefix)
    {
        while (agreed.Inputs.Names.Any(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            prefix = $"'{prefix}";
        }

        return prefix;
    }

    private static ValueInfoProto Declared(string name, DataType type, int? columns)
    {
        TensorShapeProto shape = new() { Dim = { new TensorShapeProto.Types.Dimension { DimParam = "N" } } };
        if (columns is int width)
        {
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = width });
        }

        return new ValueInfoProto { Name = name, Type = new() { TensorType = new() { ElemType = (int)type, Shape = shape } } };
    }

    // An input may bear an output's name already.
    private sealed class Names(AgreedMembers agreed)
    {
        public string Label { get; } = Unused(agreed, EnsembleOutputs.Label);

        public string Scores { get; } = Unused(agreed, agreed.Classes is null ? EnsembleOutputs.Value : EnsembleOutputs.Probabilities);

        public string Disagreement { get; } = Unused(agreed, EnsembleOutputs.Disagreement);

        private static string Unused(AgreedMembers agreed, string name)
        {
            while (agreed.Inputs.Names.Contains(name))
            {
                name += "_said";
            }

            return name;
        }
    }
}
