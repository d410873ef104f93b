using Governance.Audit.Explanations;

namespace Governance.Audit.Theft.Streams;

/// <summary>A thief's rows among honest ones.</summary>
/// <param name="honest">Most rows.</param>
/// <param name="thief">The rest; only its own answers are shown to it.</param>
/// <param name="share">The share of honest rows, in [0, 1].</param>
/// <param name="seed">Of the order.</param>
public sealed class HiddenRows(QueryStream honest, QueryStream thief, double share, int seed) : QueryStream(thief.Space)
{
    private SeededRandom random = new(seed, 28);
    private bool thiefAsked;

    /// <inheritdoc/>
    public override void Draw(Span<float> row)
    {
        thiefAsked = random.NextDouble() >= share;
        (thiefAsked ? thief : honest).Draw(row);
    }

    /// <inheritdoc/>
    public override void Learn(double score) => (thiefAsked ? thief : honest).Learn(score);
}
