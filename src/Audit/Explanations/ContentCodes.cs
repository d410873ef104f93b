using Governance.Audit.Inference;

namespace Governance.Audit.Explanations;

/// <summary>
/// The contents of players numbered: two rows have equal numbers exactly where they agree in all elements of a player.
/// </summary>
internal sealed class ContentCodes
{
    private readonly IReadOnlyList<Player> players;
    private readonly Dictionary<(int Before, long Bits), int>[] known;
    private readonly Dictionary<string, long> texts = new(StringComparer.Ordinal);
    private readonly TreeCuts? cuts;
    private readonly int[] all;

    /// <summary>Numbers the contents of rows from 1, by interning element after element.</summary>
    /// <param name="rows">At least one row.</param>
    /// <param name="players">At least one.</param>
    /// <param name="cuts">Values that the model cannot tell apart count as equal; null where it may tell all apart.</param>
    public ContentCodes(InputBatch rows, IReadOnlyList<Player> players, TreeCuts? cuts = null)
    {
        this.players = players;
        this.cuts = cuts;
        known = new Dictionary<(int, long), int>[players.Count];
        all = new int[rows.Rows * players.Count];
        for (int player = 0; player < players.Count; player++)
        {
            Dictionary<(int, long), int> numbers = known[player] = [];
            for (int row = 0; row < rows.Rows; row++)
            {
                int code = 0;
                foreach (PlayerElement element in players[player].Elements)
                {
                    (int, long) key = (code, Class(rows, row, element) ?? ElementBits.Of(rows.Tensors[element.Tensor], row, element.Offset, texts));
                    if (!numbers.TryGetValue(key, out code))
                    {
                        code = numbers.Count + 1;
                        numbers.Add(key, code);
                    }
                }

                all[(row * players.Count) + player] = code;
            }
        }
    }

    /// <summary>Shape [rows, players].</summary>
    public ReadOnlySpan<int> All => all;

    /// <summary>The numbers of another row; 0 where no row here has its content. Safe to call from several threads.</summary>
    /// <param name="row">Exactly one row of the same inputs.</param>
    /// <returns>Shape [players].</returns>
    public int[] Of(InputBatch row)
    {
        int[] codes = new int[players.Count];
        for (int player = 0; player < codes.Length; player++)
        {
            int code = 0;
            foreach (PlayerElement element in players[player].Elements)
            {
                long? kind = Class(row, 0, element);
                long bits = kind ?? 0;
                if ((kind is null && !ElementBits.TryOf(row.Tensors[element.Tensor], element.Offset, texts, out bits))
                    || !known[player].TryGetValue((code, bits), out code))
                {
                    code = 0;
                    break;
                }
            }

            codes[player] = code;
        }

        return codes;
    }

    private long? Class(InputBatch rows, int row, PlayerElement element) =>
        cuts is not null && rows.Tensors[element.Tensor] is { Values: float[] values, Width: int width }
            ? cuts.Class(element.Tensor, element.Offset, values[(row * width) + element.Offset])
            : null;
}
