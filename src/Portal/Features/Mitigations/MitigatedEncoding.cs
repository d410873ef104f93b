using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Mitigation;

namespace Governance.Portal.Features.Mitigations;

/// <summary>An encoding with the thresholds of a file of rules.</summary>
internal static class MitigatedEncoding
{
    /// <summary>Puts them together.</summary>
    /// <param name="encoding">An encoding or a manifest, as JSON.</param>
    /// <param name="rules">What <c>mitigate --out F.json</c> wrote.</param>
    /// <returns>The encoding, canonical.</returns>
    /// <exception cref="InputException">One of them is not what it should be.</exception>
    public static byte[] Of(byte[] encoding, byte[] rules)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(rules);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("groupThresholds", out JsonElement thresholds))
            {
                throw new InputException("The file of --mitigation holds no groupThresholds; 'governance mitigate --method threshold --out F.json' writes them.");
            }

            return RegisterMitigation.With(ModelEncoding.Read(encoding), GroupThresholdsJson.Read(thresholds)).CanonicalBytes();
        }
        catch (JsonException fault)
        {
            throw new InputException($"The file of --mitigation is not valid JSON (line {(fault.LineNumber ?? 0) + 1}).", fault);
        }
    }
}
