using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Variants.Pruning;

/// <summary>Takes whole neurons and channels out of a network, with really smaller matrices.</summary>
/// <remarks>
/// A channel's worth is the length of the weights that make it times the length of those that read it; the least worthy go.
/// Which scores keep the function best is an open question; lengths are the usual start (Li et al., "Pruning Filters for
/// Efficient ConvNets", ICLR 2017), and the product does not change when a rectified channel is rescaled.
/// </remarks>
internal static class PruneChannels
{
    /// <summary>Takes the share out of every product whose channels can be.</summary>
    public static void Run(GraphEdit edit, double share)
    {
        foreach (NodeProto node in edit.Graph.Node.Where(node => node.OpType is "MatMul" or "Gemm" or "Conv").ToArray())
        {
            WeightSite? site = WeightSite.Of(edit.Graph).FirstOrDefault(site => ReferenceEquals(site.Node, node) && site.Input == 1);
            if (site is null || edit.IsExcluded(node))
            {
                continue;
            }

            ChannelGroup group = ChannelGroup.Of(edit, site);
            int gone = (int)Math.Round(share * site.Channels, MidpointRounding.AwayFromZero);
            string? why = group.Refusal ?? (site.Channels - gone < 1 ? "it has too few channels" : null)
                ?? (group.Slices.Any(slice => edit.IsExcluded(slice.Node)) ? "what reads it is left as it is on request" : null);
            if (why is not null)
            {
                edit.Leave(node, why);
            }
            else if (gone > 0)
            {
                Cut(edit, group, gone);
            }
        }
    }

    private static void Cut(GraphEdit edit, ChannelGroup group, int gone)
    {
        WeightSite site = group.Site;
        double[] worth = Lengths(site.Tensor, site.Axis, site.Channels, 1);
        double[] read = new double[site.Channels];
        foreach (ChannelSlice end in group.Ends)
        {
            double[] lengths = Lengths(edit.Initializer(end.Node.Input[end.Input])!, end.Axis, site.Channels, end.Block);
            read = [.. read.Zip(lengths, (all, own) => all + (own * own))];
        }

        int[] kept = [.. Enumerable.Range(0, site.Channels)
            .OrderByDescending(channel => worth[channel] * Math.Sqrt(read[channel])).ThenBy(channel => channel).Take(site.Channels - gone).Order()];
        Slice(edit, new ChannelSlice(site.Node, site.Input, site.Axis, 1), site.Channels, kept);
        foreach (ChannelSlice slice in group.Slices)
        {
            Slice(edit, slice, site.Channels, kept);
        }

        edit.Touch(site.Node, $"{gone} of {site.Channels} {(site.Node.OpType == "Conv" ? "channels" : "neurons")} taken out");
    }

    // The length of the weights of each channel.
    private static double[] Lengths(TensorProto tensor, int axis, int channels, int block)
    {
        double[] values = GraphIndex.Numbers(tensor)!;
        int inner = Inner(tensor, axis);
        double[] sums = new double[channels];
        for (int i = 0; i < values.Length; i++)
        {
            sums[i / inner % (channels * block) / block] += values[i] * values[i];
        }

        return [.. sums.Select(Math.Sqrt)];
    }

    private static void Slice(GraphEdit edit, ChannelSlice slice, int channels, int[] kept)
    {
        string name = slice.Node.Input[slice.Input];
        TensorProto tensor = edit.Initializer(name)!;
        double[] values = GraphIndex.Numbers(tensor)!;
        int inner = Inner(tensor, slice.Axis) * slice.Block;
        int outer = values.Length / (channels * inner);
        float[] cut = new float[outer * kept.Length * inner];
        for (int i = 0; i < cut.Length; i++)
        {
            int channel = kept[i / inner % kept.Length];
            cut[i] = (float)values[(((i / inner / kept.Length * channels) + channel) * inner) + (i % inner)];
        }

        long[] dims = [.. tensor.Dims];
        dims[slice.Axis] = (long)kept.Length * slice.Block;
        string now = edit.Floats($"{name}_kept", cut, dims);
        edit.Stored(name, now);
        slice.Node.Input[slice.Input] = now;
    }

    private static int Inner(TensorProto tensor, int axis) => tensor.Dims.Skip(axis + 1).Aggregate(1, (product, size) => product * (int)size);
}
