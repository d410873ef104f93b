namespace Governance.Portal.Features.Accounts;

/// <summary>A browser in coarse words: enough to tell one's own sessions apart, too little to follow anybody.</summary>
internal static class ClientWords
{
    // In this order: Edge and Opera also say Chrome, and Chrome also says Safari.
    private static readonly (string Sign, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"), ("curl", "curl")];

    private static readonly (string Sign, string Name)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <summary>Such as "Firefox on Linux".</summary>
    /// <param name="agent">The header User-Agent; null or empty for none.</param>
    public static string Of(string? agent)
    {
        string browser = Find(Browsers, agent) ?? "A program";
        return Find(Systems, agent) is string system ? $"{browser} on {system}" : browser;
    }

    private static string? Find((string Sign, string Name)[] known, string? agent) => agent is null
        ? null
        : known.Where(one => agent.Contains(one.Sign, StringComparison.Ordinal)).Select(one => one.Name).FirstOrDefault();
}
