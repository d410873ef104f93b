using Governance.Audit.Copies;

namespace Governance.Audit.Tests.Copies;

public sealed class WeightLikenessTests
{
    [Theory]
    [InlineData("same")]
    [InlineData("units reordered")]
    [InlineData("units rescaled")]
    [InlineData("all renamed")]
    [InlineData("float16")]
    [InlineData("four digits")]
    public void The_same_weights_are_found_however_they_are_arranged(string change)
    {
        WeightShare share = WeightOverlap.Compare(Changed(change), Network(1));

        Assert.True(share.Excess > 0.8, $"{change}: {share}");
    }

    [Theory]
    [InlineData("same")]
    [InlineData("units reordered")]
    [InlineData("units rescaled")]
    [InlineData("float16")]
    [InlineData("eight bits")]
    [InlineData("noise 5 %")]
    [InlineData("noise 20 %, reordered, rescaled")]
    [InlineData("transposed")]
    public void Layers_find_their_partners_through_noise_order_and_size(string change)
    {
        IReadOnlyList<LayerMatch> layers = UnitAlignment.Compare(Changed(change), Network(1));

        Assert.Contains(layers, layer => layer.Aligned);
    }

    // Two hundred pairs of independent networks of the same sizes: nothing may be called shared.
    [Fact]
    public void Independent_networks_share_nothing()
    {
        for (int seed = 2; seed < 202; seed++)
        {
            IReadOnlyList<WeightTensor> other = Network(seed);

            Assert.DoesNotContain(UnitAlignment.Compare(other, Network(1)), layer => layer.Aligned);
            Assert.True(WeightOverlap.Compare(other, Network(1)).Excess < 0.1);
        }
    }

    // Trained on the same data from other starts, which pulls first layers together more than chance does.
    [Fact]
    public void Networks_trained_on_the_same_data_are_not_called_copies()
    {
        WeightTensor[][] trained = [.. Enumerable.Range(1, 5).Select(seed => ControlNetwork.Train(
            GivenForest.Rows(400, 9), new NetworkRecipe([16, 8], 1e-4, 30, seed, false), default).Tensors().ToArray())];

        foreach (WeightTensor[] other in trained[1..])
        {
            Assert.DoesNotContain(UnitAlignment.Compare(other, trained[0]), layer => layer.Aligned);
            Assert.True(WeightOverlap.Compare(other, trained[0]).Excess < 0.1);
        }
    }

    [Fact]
    public void Short_numbers_belong_to_nobody()
    {
        WeightTensor[] plain = [new WeightTensor("w", [4, 4], [0, 1, 0.5, 2, -1, 0.25, 3, 10, 100, 0.1, 0.2, -0.5, 4, 8, 16, 0.125])];

        Assert.Equal(0, WeightOverlap.Compare(plain, plain).Values);
    }

    private static WeightTensor[] Network(int seed)
    {
        Random random = new(seed);
        double Gauss() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return
        [
            new WeightTensor("w1", [24, 12], [.. Enumerable.Range(0, 288).Select(_ => (double)(float)(0.3 * Gauss()))]),
            new WeightTensor("b1", [24], [.. Enumerable.Range(0, 24).Select(_ => (double)(float)(0.1 * Gauss()))]),
            new WeightTensor("w2", [8, 24], [.. Enumerable.Range(0, 192).Select(_ => (double)(float)(0.2 * Gauss()))]),
        ];
    }

    private static WeightTensor[] Changed(string change)
    {
        Random random = new(77);
        WeightTensor[] network = Network(1);
        foreach (string step in change.Split(", "))
        {
            network = step switch
            {
                "same" => network,
                "units reordered" or "reordered" => Reordered(network, random),
                "units rescaled" or "rescaled" => [network[0] with { Values = [.. network[0].Values.Select(w => w * 3.7)] }, network[1] with { Values = [.. network[1].Values.Select(w => w * 3.7)] }, network[2] with { Values = [.. network[2].Values.Select(w => w / 3.7)] }],
                "all renamed" => [.. network.Reverse().Select(tensor => tensor with { Name = "x" + tensor.Name })],
                "float16" => Each(network, w => (double)(Half)w),
                "four digits" => Each(network, w => w == 0 ? 0 : Math.Round(w, 3 - (int)Math.Floor(Math.Log10(Math.Abs(w))))),
                "eight bits" => [.. network.Select(tensor => tensor with { Values = [.. tensor.Values.Select(w => Math.Round(127 * w / tensor.Values.Max(Math.Abs)))] })],
                "noise 5 %" => Each(network, w => w * (1 + (0.05 * ((2 * random.NextDouble()) - 1)))),
                "noise 20 %" => Each(network, w => w * (1 + (0.2 * ((2 * random.NextDouble()) - 1)))),
                "transposed" => [.. network.Select(Transposed)],
                _ => throw new ArgumentException(step, nameof(change)),
            };
        }

        return network;
    }

    private static WeightTensor[] Each(WeightTensor[] network, Func<double, double> change) =>
        [.. network.Select(tensor => tensor with { Values = [.. tensor.Values.Select(change)] })];

    private static WeightTensor[] Reordered(WeightTensor[] network, Random random)
    {
        int[] order = [.. Enumerable.Range(0, 24)];
        random.Shuffle(order);
        return
        [
            network[0] with { Values = [.. order.SelectMany(unit => network[0].Values[(unit * 12)..((unit + 1) * 12)])] },
            network[1] with { Values = [.. order.Select(unit => network[1].Values[unit])] },
            network[2] with { Values = [.. Enumerable.Range(0, 8).SelectMany(row => order.Select(unit => network[2].Values[(row * 24) + unit]))] },
        ];
    }

    private static WeightTensor Transposed(WeightTensor tensor)
    {
        if (tensor.Dims.Count < 2)
        {
            return tensor;
        }

        (int rows, int columns) = ((int)tensor.Dims[0], (int)tensor.Dims[1]);
        return new WeightTensor(tensor.Name, [columns, rows],
            [.. Enumerable.Range(0, columns).SelectMany(column => Enumerable.Range(0, rows).Select(row => tensor.Values[(row * columns) + column]))]);
    }
}
