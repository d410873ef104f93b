using System.Numerics;

namespace Governance.Audit.Explanations;

/// <summary>
/// A 64-bit mark for each player of each background row, such that the XOR over the players taken from the row names
/// the content of a masked row.
/// </summary>
/// <remarks>
/// Where the numbers of all players' contents fit 64 bits side by side (as on Adult: 43 bits for 12 players and 100
/// rows), the XOR is that number and names the content exactly; otherwise it is a hash, and equal ones must be compared.
/// </remarks>
internal sealed class ContentMarks
{
    private readonly ulong[] marks;
    private readonly int players;

    /// <summary>Makes the marks.</summary>
    /// <param name="codes">Shape [rows, players]: equal numbers, from 1, where contents are equal.</param>
    /// <param name="players">At least 1.</param>
    public ContentMarks(ReadOnlySpan<int> codes, int players)
    {
        this.players = players;
        int[] shifts = new int[players];
        int bits = 0;
        for (int player = 0; player < players; player++)
        {
            int most = 0;
            for (int at = player; at < codes.Length; at += players)
            {
                most = Math.Max(most, codes[at]);
            }

            shifts[player] = bits;
            bits = Math.Min(65, bits + BitOperations.Log2((uint)most) + 1);
        }

        Exact = bits <= 64;
        marks = new ulong[codes.Length];
        for (int at = 0; at < codes.Length; at++)
        {
            int player = at % players;
            marks[at] = Exact
                ? (ulong)codes[at] << shifts[player]
                : SeededRandom.Mix(((ulong)(uint)player << 32) | (uint)codes[at]);
        }
    }

    /// <summary>Whether equal XORs are equal contents.</summary>
    public bool Exact { get; }

    /// <summary>Shape [players]: the marks of a row.</summary>
    public ReadOnlySpan<ulong> Of(int row) => marks.AsSpan(row * players, players);
}
