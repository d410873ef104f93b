using System.Reflection;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Browsing;

/// <summary>Every rule of axe on a page. Its own wrapper opens a second page for each run, which took longer than the rules.</summary>
internal static class Axe
{
    private const string Run = """
        async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.map(violation =>
            `${violation.impact} ${violation.id}: ${violation.help} ${violation.nodes.slice(0, 4).map(node => node.html.slice(0, 160)).join(' | ')}`)
        """;

    private static readonly Lazy<string> Script = new(Read);

    /// <summary>What axe finds wrong on a page that has no frames.</summary>
    public static async Task<string[]> FindViolationsAsync(this IPage page)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(Script.Value);
        }

        return await page.EvaluateAsync<string[]>(Run);
    }

    private static string Read()
    {
        Assembly assembly = typeof(AxeResult).Assembly;
        using StreamReader reader = new(assembly.GetManifestResourceStream("Deque.AxeCore.Commons.Resources.axe.min.js")!);
        return reader.ReadToEnd();
    }
}
