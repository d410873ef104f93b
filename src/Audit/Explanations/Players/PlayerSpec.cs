using System.Globalization;
using System.Text.RegularExpressions;
using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Pictures;

namespace Governance.Audit.Explanations.Players;

/// <summary>Which parts of pictures and sequences are players, as a person writes it: "patches:4", "steps:2@last".</summary>
/// <param name="Kind">What a player is.</param>
/// <param name="Down">Pixels down or steps of a player; the number of regions of superpixels. At least 1.</param>
/// <param name="Across">Pixels across of a player. At least 1.</param>
/// <param name="StepsLast">Whether the steps of a sequence are its last dimension.</param>
public sealed partial record PlayerSpec(PlayerKind Kind, int Down, int Across, bool StepsLast)
{
    /// <summary>Features of the encoding, which is what players are where nothing is said.</summary>
    public const string Features = "features";

    /// <summary>The most pixels, steps or regions that a word may name.</summary>
    public const int Most = 10_000;

    /// <summary>What <see cref="Parse"/> reads, for help and refusals.</summary>
    public const string Words =
        "features, pixels, patches:K (or patches:HxW), superpixels:N, steps (or steps:K), channels, tokens (or tokens:K); @last behind steps or channels says that steps are the last dimension";

    /// <summary>Reads a person's words.</summary>
    /// <param name="text">As <see cref="Words"/> has it; null, blank or "features" for the features of the encoding.</param>
    /// <returns>Null for the features of the encoding.</returns>
    /// <exception cref="InputException">The words say nothing known.</exception>
    public static PlayerSpec? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Trim() == Features)
        {
            return null;
        }

        Match match = Form().Match(text.Trim());
        int down = Number(match.Groups["down"]);
        int across = match.Groups["across"].Success ? Number(match.Groups["across"]) : down;
        bool given = match.Groups["down"].Success;
        bool last = match.Groups["last"].Success;
        PlayerSpec? spec = !match.Success || down is < 1 or > Most || across is < 1 or > Most ? null
            : (match.Groups["kind"].Value, given, last, match.Groups["across"].Success) switch
            {
                ("pixels", false, false, _) => new PlayerSpec(PlayerKind.Pixels, 1, 1, false),
                ("patches", true, false, _) => new PlayerSpec(PlayerKind.Patches, down, across, false),
                ("superpixels", true, false, false) when down > 1 => new PlayerSpec(PlayerKind.Superpixels, down, 1, false),
                ("steps", _, _, false) => new PlayerSpec(PlayerKind.Steps, down, 1, last),
                ("channels", false, _, _) => new PlayerSpec(PlayerKind.Channels, 1, 1, last),
                ("tokens", _, false, false) => new PlayerSpec(PlayerKind.Tokens, down, 1, false),
                _ => null,
            };
        return spec ?? throw new InputException($"The players are {Words}; '{text.Trim()}' is none of them.");
    }

    /// <summary>The same words again, in one form.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind switch
    {
        PlayerKind.Patches => Down == Across ? $"patches:{Down}" : $"patches:{Down}x{Across}",
        PlayerKind.Superpixels => $"superpixels:{Down}",
        PlayerKind.Steps => Down == 1 ? "steps" : $"steps:{Down}",
        PlayerKind.Tokens => Down == 1 ? "tokens" : $"tokens:{Down}",
        PlayerKind.Channels => "channels",
        _ => "pixels",
    }}{(StepsLast ? "@last" : "")}");

    /// <summary>How such players see each input's rows; null where an input has none of them.</summary>
    /// <remarks>Tokens are texts or whole numbers. A row of single numbers is a sequence only where no input has steps of several.</remarks>
    /// <param name="rows">Any rows of the model's inputs.</param>
    public IReadOnlyList<ImageLayout?> Layouts(InputBatch rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ImageLayout?[] layouts = [.. rows.Tensors.Select((tensor, input) => Layout(input, tensor))];
        bool wide = Kind == PlayerKind.Steps && rows.Tensors.Where((tensor, input) => layouts[input] is not null).Any(tensor => tensor.RowShape.Count == 2);
        return wide ? [.. layouts.Select((layout, input) => rows.Tensors[input].RowShape.Count == 2 ? layout : null)] : layouts;
    }

    private ImageLayout? Layout(int input, InputTensor tensor) => (Kind, tensor.RowShape.Count) switch
    {
        (PlayerKind.Tokens, 1) when tensor.Kind is TensorKind.Int32 or TensorKind.Int64 or TensorKind.Text => ImageLayout.Sequence(input, tensor.Name, tensor.RowShape, false),
        (PlayerKind.Tokens, _) => null,
        (PlayerKind.Steps, _) or (PlayerKind.Channels, 2) => ImageLayout.Sequence(input, tensor.Name, tensor.RowShape, StepsLast),
        (PlayerKind.Channels, not 3) => null,
        _ => ImageLayout.Picture(input, tensor.Name, tensor.RowShape),
    };

    private static int Number(Group group) =>
        !group.Success ? 1 : int.TryParse(group.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    [GeneratedRegex(@"^(?<kind>[a-z]+)(:(?<down>\d+)(x(?<across>\d+))?)?(?<last>@last)?$")]
    private static partial Regex Form();
}
