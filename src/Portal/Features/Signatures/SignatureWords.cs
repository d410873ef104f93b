using Governance.Registry.Policies;
using Governance.Registry.Signatures;

namespace Governance.Portal.Features.Signatures;

/// <summary>Signatures in words and tones.</summary>
internal static class SignatureWords
{
    /// <summary>Who signed, as far as it is known.</summary>
    public static string Of(SignatureView signature) => signature.Key switch
    {
        null => "An unknown key",
        { WithdrawnAt: not null } key => $"{key.Name} (trust withdrawn since)",
        { } key => key.Name,
    };

    /// <summary>The tone: only a key that is trusted now says something good.</summary>
    public static GateVerdict Tone(SignatureView signature) =>
        signature.Key is { WithdrawnAt: null } ? GateVerdict.Meets : GateVerdict.Inconclusive;
}
