using Governance.Audit.Equivalence;
using Governance.Portal.Features.Equivalence;

namespace Governance.Portal.Tests.Equivalence;

public sealed class BatteryWordsTests
{
    // Sizes are written as anywhere else, and a process that did not grow says nothing about how little memory a model takes.
    [Theory]
    [InlineData(1.5 * 1_048_576, 0, "3.000 and 1.500 ms to load, about 1.5 MiB and too little to tell of memory.")]
    [InlineData(0, 0, "3.000 and 1.500 ms to load, too little memory to tell.")]
    [InlineData(2_147_483_648, 4_096, "3.000 and 1.500 ms to load, about 2 GiB and about 4 KiB of memory.")]
    public void Sizes_are_written_as_everywhere(double parent, double variant, string words) => Assert.Equal(words, BatteryWords.Load(new SpeedReport
    {
        Sizes = [],
        LoadSeconds = new SpeedPair(0.003, 0.0015),
        MemoryBytes = new SpeedPair(parent, variant),
        Lines = [],
    }));

    // Seconds and bytes have a unit where they stand beside shares.
    [Theory]
    [InlineData("size_ratio", 9_383.0, "9.2 KiB")]
    [InlineData("memory_ratio", 0.0, "too little to tell")]
    [InlineData("p95_ratio", 0.000096, "0.096 ms")]
    [InlineData("load_ratio", 0.0021, "2.100 ms")]
    [InlineData("accuracy", 0.893, "0.893")]
    [InlineData("accuracy", null, "–")]
    public void Figures_of_cost_have_their_unit(string name, double? value, string words) =>
        Assert.Equal(words, BatteryWords.Figure(new EquivalenceLine { Name = name, Topic = EquivalenceTopics.Cost, N = 1 }, value));
}
