using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Variants.Pruning;

/// <summary>A tensor that holds something for each channel, and where it is read.</summary>
/// <param name="Node">The reader.</param>
/// <param name="Input">Which of its inputs.</param>
/// <param name="Axis">The axis of the channels.</param>
/// <param name="Block">Elements along the axis for each channel: more than 1 behind a flattened picture.</param>
internal sealed record ChannelSlice(NodeProto Node, int Input, int Axis, int Block);

/// <summary>The channels that a product makes, with all that reads them up to the next products.</summary>
/// <remarks>
/// A channel can be taken out where everything between treats channels apart from each other and what reads them at the end
/// are products with weights. The search stops, with the reason, at whatever mixes channels or shows them to the outside.
/// </remarks>
internal sealed class ChannelGroup
{
    private static readonly HashSet<string> Alone =
    [
        "Relu", "LeakyRelu", "Tanh", "Sigmoid", "Elu", "Selu", "Celu", "Softplus", "Softsign", "HardSigmoid", "HardSwish", "ThresholdedRelu", "Erf", "Gelu",
        "Mish", "Swish", "Abs", "Neg", "Exp", "Sqrt", "Identity", "Clip",
    ];

    private static readonly HashSet<string> Pairs = ["Add", "Sub", "Mul", "Div", "Pow", "Max", "Min"];

    private static readonly HashSet<string> Pools = ["MaxPool", "AveragePool", "GlobalAveragePool", "GlobalMaxPool", "LpPool", "GlobalLpPool"];

    private readonly GraphEdit edit;
    private readonly Dictionary<string, ChannelPlace> region = new(StringComparer.Ordinal);
    private readonly Queue<string> open = new();

    private ChannelGroup(GraphEdit edit, WeightSite site)
    {
        this.edit = edit;
        Site = site;
    }

    /// <summary>Where in a value the channels lie.</summary>
    private enum ChannelPlace
    {
        Last,
        Picture,
        Flat,
    }

    /// <summary>The product that makes the channels.</summary>
    public WeightSite Site { get; }

    /// <summary>What is cut along with its own weights: biases, scales, and the weights of what reads the channels.</summary>
    public List<ChannelSlice> Slices { get; } = [];

    /// <summary>Which of the slices are weights that read the channels.</summary>
    public List<ChannelSlice> Ends { get; } = [];

    /// <summary>Why channels cannot be taken out; null where they can.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Searches from a product on.</summary>
    public static ChannelGroup Of(GraphEdit edit, WeightSite site)
    {
        ChannelGroup group = new(edit, site);
        bool picture = site.Node.OpType == "Conv";
        if (picture && GraphIndex.Integer(site.Node, "group", 1) != 1)
        {
            group.Refusal = "it is a convolution in groups";
            return group;
        }

        group.Enter(site.Node.Output[0], picture ? ChannelPlace.Picture : ChannelPlace.Last);
        if (site.Node.OpType is "Gemm" or "Conv" && site.Node.Input.Count > 2 && site.Node.Input[2].Length > 0)
        {
            group.Constant(site.Node, 2, ChannelPlace.Last);
        }

        while (group.Refusal is null && group.open.TryDequeue(out string? value))
        {
            group.Follow(value);
        }

        if (group.Refusal is null && group.Ends.Count == 0)
        {
            group.Refusal = "nothing with weights reads what it makes";
        }

        return group;
    }

    private void Enter(string value, ChannelPlace layout)
    {
        if (region.TryAdd(value, layout))
        {
            open.Enqueue(value);
        }
        else if (region[value] != layout)
        {
            Refusal = "its channels lie in different places";
        }
    }

    private void Follow(string value)
    {
        if (edit.Graph.Output.Any(output => output.Name == value))
        {
            Refusal = "what it makes is an output of the model, or leads there directly";
            return;
        }

        foreach (NodeProto node in edit.Graph.Node.Where(node => Gradients.GradientPlan.Reads(node).Contains(value)))
        {
            if (Refusal is null)
            {
                Read(node, value, region[value]);
            }
        }
    }

    private void Read(NodeProto node, string value, ChannelPlace layout)
    {
        bool plain = node.Domain is "" or "ai.onnx";
        bool first = node.Input.Count > 0 && node.Input[0] == value && node.Input.Count(name => name == value) == 1;
        if (plain && Alone.Contains(node.OpType) && first)
        {
            Enter(node.Output[0], layout);
        }
        else if (plain && Pairs.Contains(node.OpType) && node.Input.Count == 2)
        {
            Pair(node, layout);
        }
        else if (plain && first && layout == ChannelPlace.Picture && Pools.Contains(node.OpType) && node.Output.Count == 1)
        {
            Enter(node.Output[0], layout);
        }
        else if (plain && first && node.OpType == "BatchNormalization" && (layout == ChannelPlace.Picture || Site.Node.OpType == "Gemm") && node.Output.Count(name => name.Length > 0) == 1)
        {
            for (int i = 1; i < node.Input.Count && Refusal is null; i++)
            {
                Constant(node, i, ChannelPlace.Last);
            }

            Enter(node.Output[0], layout);
        }
        else if (plain && first && node.OpType == "Flatten" && layout == ChannelPlace.Picture && GraphIndex.Integer(node, "axis", 1) == 1)
        {
            Enter(node.Output[0], ChannelPlace.Flat);
        }
        else if (!(plain && first && End(node, layout)))
        {
            Refusal = $"{GraphEdit.NameOf(node)} ({node.OpType}) reads what it makes, and may mix channels";
        }
    }

    private void Pair(NodeProto node, ChannelPlace layout)
    {
        for (int i = 0; i < 2 && Refusal is null; i++)
        {
            if (region.TryGetValue(node.Input[i], out ChannelPlace other))
            {
                Refusal = other == layout ? null : "its channels lie in different places";
            }
            else if (edit.Initializer(node.Input[i]) is not null)
            {
                Constant(node, i, layout);
            }
            else if (!Joins(node.Input[i]))
            {
                Refusal = $"{GraphEdit.NameOf(node)} ({node.OpType}) joins it with other values";
            }
        }

        Enter(node.Output[0], layout);
    }

    // A value that is made of the region may not have been reached yet; it is checked when it is.
    private bool Joins(string value)
    {
        NodeProto? maker = edit.Graph.Node.FirstOrDefault(node => node.Output.Contains(value));
        return maker is not null && (maker.Domain is "" or "ai.onnx") && (Alone.Contains(maker.OpType) || Pairs.Contains(maker.OpType))
            && maker.Input.All(name => name.Length == 0 || region.ContainsKey(name) || edit.Initializer(name) is not null || Joins(name));
    }

    // One number for all, or one for each channel along the axis that they lie on.
    private void Constant(NodeProto node, int input, ChannelPlace layout)
    {
        if (edit.Initializer(node.Input[input]) is not TensorProto tensor)
        {
            Refusal = $"{GraphEdit.NameOf(node)} ({node.OpType}) joins it with other values";
            return;
        }

        int rank = tensor.Dims.Count;
        int axis = layout == ChannelPlace.Picture ? rank - 1 - (Site.Dims.Length - 2) : rank - 1;
        long size = axis < 0 ? 1 : tensor.Dims[axis];
        if (size == Site.Channels && layout != ChannelPlace.Flat && size != 1)
        {
            Slices.Add(new ChannelSlice(node, input, axis, 1));
        }
        else if (size != 1)
        {
            Refusal = $"{GraphEdit.NameOf(node)} ({node.OpType}) joins it with numbers of another shape";
        }
    }

    private bool End(NodeProto node, ChannelPlace layout)
    {
        WeightSite? reader = WeightSite.Of(edit.Graph).FirstOrDefault(site => ReferenceEquals(site.Node, node) && site.Input == 1);
        int? axis = reader is null ? null : node.OpType switch
        {
            "MatMul" when layout != ChannelPlace.Picture && reader.Dims.Length == 2 => 0,
            "Gemm" when layout != ChannelPlace.Picture && GraphIndex.Integer(node, "transA", 0) == 0 => 1 - reader.Axis,
            "Conv" when layout == ChannelPlace.Picture && GraphIndex.Integer(node, "group", 1) == 1 => 1,
            _ => null,
        };
        if (axis is not int along || reader!.Dims[along] % Site.Channels != 0 || (layout != ChannelPlace.Flat && reader.Dims[along] != Site.Channels))
        {
            return false;
        }

        ChannelSlice slice = new(node, 1, along, reader.Dims[along] / Site.Channels);
        Slices.Add(slice);
        Ends.Add(slice);
        return true;
    }
}
