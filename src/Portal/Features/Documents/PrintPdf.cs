using System.Diagnostics;
using Governance.Audit.Data;

namespace Governance.Portal.Features.Documents;

/// <summary>Prints a document's HTML as PDF with a Chromium that is installed beside the program.</summary>
/// <remarks>
/// The browser is a child process of its own: without our environment, in an empty folder that is removed, with limits on
/// memory, file size and time, and with every name resolved to nothing and every address behind a proxy that is not there.
/// The document asks for nothing anyway: its own policy lets in no more than its style.
/// </remarks>
internal static class PrintPdf
{
    /// <summary>The environment variable that names the browser.</summary>
    public const string Variable = "GOVERNANCE_CHROMIUM";

    /// <summary>What a person reads where there is none.</summary>
    public const string Absent =
        "PDF needs Chromium and prlimit, which are not both installed here. Install them, or name the browser in GOVERNANCE_CHROMIUM; HTML prints the same from any browser.";

    private const string Limits = "/usr/bin/prlimit"; // of util-linux: sets limits and becomes the program, without a shell

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly string[] Names = ["chromium-headless-shell", "headless_shell", "chromium", "chromium-browser", "chrome", "google-chrome", "google-chrome-stable"];

    /// <summary>The browser's program, or null where none is installed, or nothing that limits it.</summary>
    public static string? Find()
    {
        string? named = Environment.GetEnvironmentVariable(Variable);
        return !File.Exists(Limits) ? null
            : !string.IsNullOrWhiteSpace(named) ? File.Exists(named) ? named : null
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    /// <summary>Prints.</summary>
    /// <param name="html">A self-contained document.</param>
    /// <param name="cancellationToken">Ends the browser too.</param>
    /// <exception cref="InputException">No browser is installed, or it could not print.</exception>
    public static async Task<byte[]> RunAsync(string html, CancellationToken cancellationToken)
    {
        string browser = Find() ?? throw new InputException(Absent);
        string folder = Directory.CreateTempSubdirectory("governance-print-").FullName;
        try
        {
            string page = Path.Combine(folder, "document.html");
            string paper = Path.Combine(folder, "document.pdf");
            await File.WriteAllTextAsync(page, html, cancellationToken);
            await PrintAsync(browser, folder, page, paper, cancellationToken);
            return File.Exists(paper) ? await File.ReadAllBytesAsync(paper, cancellationToken)
                : throw new InputException("The installed Chromium could not print the document. Take the HTML and print it from a browser.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task PrintAsync(string browser, string folder, string page, string paper, CancellationToken cancellationToken)
    {
        using Process child = Process.Start(Start(browser, folder, page, paper))
            ?? throw new InvalidOperationException("The browser did not start.");
        using CancellationTokenSource limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Limit);
        try
        {
            // What it says is of no use to people and may be long: read and dropped, so that it never waits for us.
            await Task.WhenAll(
                child.StandardOutput.BaseStream.CopyToAsync(Stream.Null, limited.Token), child.StandardError.BaseStream.CopyToAsync(Stream.Null, limited.Token),
                child.WaitForExitAsync(limited.Token));
        }
        catch (OperationCanceledException)
        {
            child.Kill(entireProcessTree: true);
            await child.WaitForExitAsync(CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            throw new InputException($"The installed Chromium took longer than {Limit.TotalSeconds} seconds to print the document.");
        }
    }

    private static ProcessStartInfo Start(string browser, string folder, string page, string paper)
    {
        // The limits hold for it and its children: no core dumps, bytes of private data, CPU seconds, bytes of a file.
        ProcessStartInfo start = new(Limits)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false, WorkingDirectory = folder,
        };
        string[] own =
        [
            "--core=0", $"--data={4L << 30}", "--cpu=60", $"--fsize={64 << 20}", browser,
            "--headless", "--disable-gpu", "--disable-extensions", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--no-first-run", "--no-default-browser-check", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND",
            "--proxy-server=127.0.0.1:9", "--proxy-bypass-list=<-loopback>",
            $"--user-data-dir={Path.Combine(folder, "profile")}", "--no-pdf-header-footer", $"--print-to-pdf={paper}",
            .. Environment.IsPrivilegedProcess ? (string[])["--no-sandbox"] : [], // its sandbox refuses to be started by root
            new Uri(page).AbsoluteUri,
        ];
        foreach (string argument in own)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        start.Environment["HOME"] = folder;
        start.Environment["TMPDIR"] = folder;
        start.Environment["PATH"] = "/usr/bin:/bin";
        return start;
    }
}
