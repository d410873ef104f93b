using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations.Owen;
using Governance.Audit.Inference;
using Governance.Audit.Pictures;

namespace Governance.Audit.Explanations.Players;

/// <summary>The players of a request, and what follows from where they lie.</summary>
/// <param name="Players">All players; every element belongs to one.</param>
/// <param name="Hierarchy">Halves of halves of each picture or sequence; null where players lie nowhere.</param>
/// <param name="Windows">The players under each window that is hidden at a time; null where each player is hidden alone.</param>
public sealed record PlayerPlan(IReadOnlyList<Player> Players, HierarchyNode? Hierarchy, IReadOnlyList<IReadOnlyList<int>>? Windows)
{
    /// <summary>Makes the players.</summary>
    /// <param name="spec">Which parts of pictures and sequences; null for the features of the encoding.</param>
    /// <param name="window">The side of the window of occlusion in pixels or steps; null hides players one by one.</param>
    /// <param name="encoder">Knows the features and groups of what is no picture or sequence.</param>
    /// <param name="rows">The rows explained, encoded; superpixels need exactly one.</param>
    /// <exception cref="InputException">The model takes no such inputs, or players, window and groups do not fit each other.</exception>
    public static PlayerPlan Make(PlayerSpec? spec, int? window, RowEncoder encoder, InputBatch rows)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(rows);
        if (spec is null)
        {
            return window is null
                ? new PlayerPlan(encoder.Players(), null, null)
                : throw new InputException("A window slides over pixels, patches, steps or tokens: say which with --players.");
        }

        IReadOnlyList<ImageLayout?> layouts = spec.Layouts(rows);
        if (layouts.All(layout => layout is null))
        {
            throw new InputException(Refusal(spec));
        }

        IReadOnlyList<Player> others = Others(encoder, layouts);
        HashSet<string> taken = [.. others.Select(player => player.Name)];
        bool several = layouts.Count(layout => layout is not null) > 1;
        List<Player> players = [];
        List<HierarchyNode> unions = [];
        List<IReadOnlyList<int>> windows = [];
        for (int input = 0; input < layouts.Count; input++)
        {
            int first = players.Count;
            if (layouts[input] is ImageLayout layout)
            {
                TensorParts parts = Parts(spec, layout, rows);
                players.AddRange(Of(parts, input, encoder, several || parts.Names.Any(taken.Contains) ? $"{layout.Name}: " : ""));
                unions.Add(HalvePlayers.Of([.. Enumerable.Range(first, parts.Names.Count)], parts.Centres));
                windows.AddRange(window is int side ? SlidingWindows.Over(parts, spec, side).Select(under => (int[])[.. under.Select(part => first + part)]) : []);
            }
            else
            {
                players.AddRange(others.Where(player => player.Elements[0].Tensor == input));
                windows.AddRange(Enumerable.Range(first, players.Count - first).Select(player => (int[])[player]));
            }
        }

        return new PlayerPlan(players, HierarchyNode.Over(unions, [.. players.Select(player => player.Name)]), window is null ? null : windows);
    }

    /// <summary>The players of each row's own, where what is a player depends on the row and there are several rows; else null.</summary>
    /// <param name="spec">Which parts of pictures and sequences; null for the features of the encoding.</param>
    /// <param name="window">As <see cref="Make"/> takes it.</param>
    /// <param name="encoder">Knows the features and groups of what is no picture or sequence.</param>
    /// <param name="rows">The rows explained, encoded.</param>
    /// <exception cref="InputException">As of <see cref="Make"/>.</exception>
    public static IReadOnlyList<PlayerPlan>? Each(PlayerSpec? spec, int? window, RowEncoder encoder, InputBatch rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return spec?.Kind == PlayerKind.Superpixels && rows.Rows > 1
            ? [.. Enumerable.Range(0, rows.Rows).Select(row => Make(spec, window, encoder, rows.Slice(row, 1)))]
            : null;
    }

    private static string Refusal(PlayerSpec spec) => spec.Kind switch
    {
        PlayerKind.Tokens => "The model takes no line of tokens: no input has rows of several texts or whole numbers, such as [16].",
        PlayerKind.Steps => $"The model takes no sequence: no input has rows of steps, such as {(spec.StepsLast ? "[3, 50] with the steps last" : "[50, 3] or [50]")}.",
        PlayerKind.Channels => "The model takes nothing with channels: no input has rows such as [3, 28, 28] or [50, 3].",
        _ => "The model takes no picture: no input has rows of height and width, such as [1, 28, 28] or [8, 8].",
    };

    // Features of inputs that are no pictures; groups reach over whole inputs or not at all.
    private static Player[] Others(RowEncoder encoder, IReadOnlyList<ImageLayout?> layouts)
    {
        Player[] own = [.. encoder.Players()];
        Player? torn = own.FirstOrDefault(player => player.Elements.Select(element => layouts[element.Tensor] is null).Distinct().Count() > 1);
        return torn is null
            ? [.. own.Where(player => layouts[player.Elements[0].Tensor] is null)]
            : throw new InputException($"'{torn.Name}' holds parts of a picture or sequence and other features: leave it out, or take features as players.");
    }

    private static TensorParts Parts(PlayerSpec spec, ImageLayout layout, InputBatch rows)
    {
        if (spec.Kind == PlayerKind.Channels)
        {
            return TensorParts.Channels(layout);
        }

        if (spec.Kind != PlayerKind.Superpixels)
        {
            return TensorParts.Grid(layout, spec);
        }

        return rows.Tensors[layout.Input].Kind is TensorKind.Text or TensorKind.Boolean ? throw new InputException(Refusal(spec))
            : rows.Rows == 1 ? TensorParts.Superpixels(layout, new ImagePixels(rows.Tensors[layout.Input]).Row(0), spec.Down)
            : throw new InputException("Superpixels follow the edges of one picture, so they explain one row at a time: choose the row.");
    }

    private static IEnumerable<Player> Of(TensorParts parts, int input, RowEncoder encoder, string prefix)
    {
        FeatureSlot[] slots = [.. encoder.Slots.Where(slot => slot.Input == input)];
        return parts.Of.Select((part, offset) => (part, offset)).GroupBy(element => element.part, element => element.offset).OrderBy(part => part.Key)
            .Select(part => (Name: prefix + parts.Names[part.Key], Offsets: part.ToArray()))
            .Select(part => part.Offsets is [int only]
                ? new Player(slots[only].Name, [new PlayerElement(input, only)])
                : new Player(part.Name, [.. part.Offsets.Select(offset => new PlayerElement(input, offset))], [.. part.Offsets.Select(offset => slots[offset].Name)]));
    }
}
