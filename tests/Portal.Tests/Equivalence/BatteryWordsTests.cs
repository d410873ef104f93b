using Governance.Audit.Equivalence;
using Governance.Portal.Features.Equivalence;

namespace Governance.Portal.Tests.Equivalence;

public sealed class BatteryWordsTests
{
    // Sizes are written as anywhere else, and a process that did not grow says nothing about how little memory a model takes.
    [Theory]
    [InlineData(1.5 * 1_048_576, 0, "3.000 and 1.500 ms to load, about 1.5 MiB and too little to tell of memory.")]
    [InlineData(2_147_483_648, 4_096, "3.000 and 1.500 ms to load, about 2 GiB and about 4 KiB of memory.")]
    public void Sizes_are_written_as_everywhere(double parent, double variant, string words) => Assert.Equal(words, BatteryWords.Load(new SpeedReport
    {
        Sizes = [],
        LoadSeconds = new SpeedPair(0.003, 0.0015),
        MemoryBytes = new SpeedPair(parent, variant),
        Lines = [],
    }));
}
